import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase, realServer } from '#sql/testing.ts';
import { listGists } from '#sql/testing-rows.ts';
import { exportDataset } from '../../actions/dev/testing.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../../actions/testing.ts';
import { useBrowser } from './browser.ts';
import { problemsAt } from './problems.ts';

const dev = inject('dev');
const open = useBrowser();
let database: Awaited<ReturnType<typeof freshDatabase>>;
let site: RunningProgram;
let address: string;
let metricsPort: string;

beforeAll(async () => {
  await exportDataset(dev);
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const settings = { SITE_URL: address, DATASET_OUTPUT_DIR: join(dev.folder, '.dataset') };
  await runProgram('build', [], { cwd: dev.folder, env: settings });
  database = await freshDatabase();
  const secrets = {
    DATABASE_URL: database.url,
    SESSION_SECRET: 'of the tests, and long enough to be one',
    GITHUB_CLIENT_ID: 'tests',
    GITHUB_CLIENT_SECRET: 'of the tests',
    MODERATOR_GITHUB_IDS: '1',
  };
  metricsPort = String(await freePort());
  site = await startProgram('start', ['--port', port, '--metrics-port', metricsPort], {
    cwd: dev.folder,
    env: { ...settings, ...secrets },
    ready: /Serving (http:\S+) on/,
  });
});
afterAll(async () => {
  await site?.stop();
  await database?.close();
});

test('what the process measures is read on its own port', async () => {
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/openmetrics-text/);
  const text = await answer.text();
  expect(text).toMatch(/^database_up 1$[\s\S]*^# EOF$/m);
  await (await fetch(`${address}/api/health/ready`)).text();
  await (await fetch(`${address}/api/me?secret=x`)).text();
  await expect
    .poll(async () => await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text())
    .toMatch(/_count\{route="\/api\/me",method="GET",status="401"\} 1\n/);
  expect(text).not.toContain('secret=x');
  expect((await fetch(`${address}/metrics`)).status).toBe(404);
});

test('what is late is told with a word, since when, and what it means, without a script', async () => {
  await listGists(database.db, 2);
  await database.db.query(
    `insert into recheck_run (shard, shards, started_at, finished_at, outcome)
     values (1, 1, now() - interval '15 hours', now() - interval '14 hours', 'done')`,
  );
  await database.db.query(
    `insert into backup_run (id, finished_at, bytes, row_count, log_seq)
     values ('of two nights ago', now() - interval '40 hours', 1, 1, 1)`,
  );
  const page = await open({ javaScriptEnabled: false });
  expect((await page.goto(`${address}/status`))?.status()).toBe(200);
  const main = page.getByRole('main');
  // The gists of this test were approved in January.
  expect(await main.innerText()).toContain('3 things are late. No submission waits for a moderator.');
  const recheck = main.locator('dl > div', { hasText: 'Last recheck' });
  expect(await recheck.innerText()).toMatch(
    /Late[\s\S]*14 h ago[\s\S]*late after 12 h[\s\S]*may still be listed/,
  );
  const backup = main.locator('dl > div', { hasText: 'Newest backup' });
  expect(await backup.innerText()).toMatch(
    /Late[\s\S]*40 h ago[\s\S]*late after 36 h[\s\S]*If the database were lost now/,
  );
  const queue = main.locator('dl > div', { hasText: 'waits longest' });
  expect(await queue.innerText()).toMatch(/Nothing due[\s\S]*None waits/);
  expect(await page.locator('script').count()).toBe(0);
});

test('late and on time, the page has no trouble', async () => {
  const page = await open();
  expect(await problemsAt(page, `${address}/status`)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
});

test.skipIf(realServer)(
  'while the database is away the page says so, and of what the pages are made',
  async () => {
    await database.close();
    const page = await open({ javaScriptEnabled: false });
    expect((await page.goto(`${address}/status`))?.status()).toBe(503);
    const told = await page.getByRole('main').innerText();
    expect(told).toContain('Our database is not answering just now');
    expect(told).toContain('What is published can be read and downloaded all the same.');
    expect(told).toMatch(/made of the snapshot \S+Z with/);
  },
);
