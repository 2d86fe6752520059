import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, type TestContext, test } from 'vitest';
import { standinAccountId } from '#github/standin/ids.ts';
import { type Standin, startStandin } from '#github/standin/server.ts';
import { migrate } from '#sql/migrate.ts';
import { realServer } from '#sql/testing.ts';
import { openServer } from '../bench/open-server.ts';
import { giveAccount } from './ledger/account.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import { addressOf, asked, signIn, type Visitor } from './load/visitor.ts';
import { type Answer, type Front, openFront } from './world/front.ts';
import { type NewGist, writeGists } from './world/gists.ts';
import { createPostgres, type Postgres } from './world/postgres.ts';
import { launch, type Running, stop } from './world/process.ts';

/** What a visitor of two processes sees while something they stand on is away, and what is there afterwards. */

const siteProcess = join(import.meta.dirname, '../../functions/api/testing/site-process.ts');
const directory = join(import.meta.dirname, '../../sql/migrations');
const silent = { info: () => undefined, warn: () => undefined };

let folder: string;
let standin: Standin;
let gists: NewGist[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openagentsessions-outages-'));
  // PostgreSQL, which is another user, has to get to its own folder below.
  chmodSync(folder, 0o711);
  const gistsDir = join(folder, 'gists');
  mkdirSync(gistsDir);
  gists = writeGists(gistsDir, ['ada'], 700);
  standin = await startStandin({ port: 0, gistsDir, hourlyLimits: { anonymous: 1e9, authorized: 1e9 } });
});

afterAll(async () => {
  await standin.close();
  rmSync(folder, { recursive: true });
});

interface Site {
  front: Front;
  postgres: Postgres;
  server: Running;
  databaseUrl: string;
  ada: Visitor;
  ledger: Ledger;
  submit(): Promise<Answer>;
}

/** Two processes of the site on a PostgreSQL of their own, its data in this folder, and ada, signed in. */
async function startSite(disk: string): Promise<Site> {
  const postgres = await createPostgres(disk, join(folder, 'postgres.log'));
  const server = await postgres.start();
  const db = openServer(postgres.url);
  await migrate(db, { directory, log: silent }).finally(() => db.close());
  const siteUrl = 'http://127.0.0.1:4321';
  const secrets = { siteUrl, sessionSecret: 'of this test alone, 32 characters', moderatorIds: [] };
  const order = JSON.stringify({ databaseUrl: postgres.url, github: standin.origin, ...secrets });
  const start = (name: string) =>
    launch({
      program: process.execPath,
      args: [siteProcess, order],
      cwd: folder,
      env: {},
      log: join(folder, name),
      ready: /(http:\S+)/,
    });
  const sites = await Promise.all([start('site-1.log'), start('site-2.log')]);
  const front = openFront(
    sites.map(({ found }) => found),
    siteUrl,
  );
  const ada = await signIn(front, 'ada', addressOf(1));
  const ledger = openLedger();
  onTestFinished(async () => {
    await front.close();
    for (const site of sites) await stop(site, 'SIGKILL');
  });
  const by = String(standinAccountId('ada'));
  return {
    front,
    postgres,
    server,
    databaseUrl: postgres.url,
    ada,
    ledger,
    async submit() {
      const gist = gists.shift();
      if (!gist) throw new Error('there are too few gists');
      const body = { gist_url: gist.id, license: 'CC0-1.0', attested: true };
      const answer = await front.ask(asked(ada, '/api/submissions', body));
      ledger.write({ gistId: gist.id, move: 'submit', by }, answer);
      return answer;
    },
  };
}

const codeOf = ({ body }: Answer): string => JSON.parse(body).code;
const read = ({ front, ada }: Site) => front.ask(asked(ada, '/api/submissions'));

/** All that was promised is in the database, once. */
async function expectKept({ databaseUrl, ledger }: Site): Promise<void> {
  const lines = await giveAccount(databaseUrl, ledger, 0);
  const missed = lines.filter(
    ({ value, goal }) => goal && ('most' in goal ? value > goal.most : value < goal.least),
  );
  expect(missed).toEqual([]);
}

function expectLater(answer: Answer, code: string): void {
  expect(answer.status).toBe(503);
  expect(codeOf(answer)).toBe(code);
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
}

test.skipIf(!realServer)(
  'PostgreSQL is stopped and started: come again later, and nobody has to sign in again',
  async () => {
    const site = await startSite(mkdtempSync(join(folder, 'disk-')));
    expect((await site.submit()).status).toBe(201);
    await stop(site.server, 'SIGINT');
    expectLater(await site.submit(), 'database_unavailable');
    expectLater(await read(site), 'database_unavailable');
    const again = await site.postgres.start();
    onTestFinished(async () => void (await stop(again, 'SIGINT')));
    expect((await site.submit()).status).toBe(201);
    expect(JSON.parse((await read(site)).body).items).toHaveLength(2);
    await expectKept(site);
  },
);

test.skipIf(!realServer)('GitHub is down: nothing is taken unread, and leaving goes on', async () => {
  const site = await startSite(mkdtempSync(join(folder, 'disk-')));
  onTestFinished(async () => void (await stop(site.server, 'SIGINT')));
  const [gist] = gists;
  expect((await site.submit()).status).toBe(201);
  standin.setFaults(['down']);
  onTestFinished(() => standin.setFaults([]));
  expectLater(await site.submit(), 'github_unavailable');
  expect((await read(site)).status).toBe(200);
  const leave = asked(site.ada, `/api/submissions/${gist?.id}/withdraw`, {});
  const left = await site.front.ask(leave);
  site.ledger.write({ gistId: gist?.id ?? '', move: 'withdraw', by: String(standinAccountId('ada')) }, left);
  expect(left.status).toBe(200);
  standin.setFaults([]);
  expect((await site.submit()).status).toBe(201);
  await expectKept(site);
});

/** A disk of its own, which needs an administrator and Linux; the test is left out elsewhere. */
function smallDisk({ skip }: TestContext): string {
  const disk = mkdtempSync(join(folder, 'disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    skip('No disk can be mounted here.');
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', disk]));
  return disk;
}

function fill(file: string): void {
  try {
    writeFileSync(file, Buffer.alloc(100_000_000));
  } catch {
    // Full.
  }
}

test.skipIf(!realServer)(
  'the database’s disk is full: come again later, and what was taken is there',
  async (context) => {
    const disk = smallDisk(context);
    const site = await startSite(disk);
    expect((await site.submit()).status).toBe(201);
    fill(join(disk, 'filler'));
    let answer = await site.submit();
    // What is left of the last pages is used up first.
    for (let tries = 0; answer.status === 201 && tries < 100; tries += 1) answer = await site.submit();
    expectLater(answer, 'database_unavailable');
    expect((await read(site)).status).toBe(200);
    rmSync(join(disk, 'filler'));
    expect((await site.submit()).status).toBe(201);
    await expectKept(site);
    await stop(site.server, 'SIGINT');
  },
);
