import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import { failureSentence } from '../failure-sentence.ts';
import { freePort } from '../testing.ts';
import { alertKeys } from './alert.ts';
import { type Input, run } from './run.ts';
import { hour, overTls, wellWorld } from './testing.ts';

const now = new Date('2026-11-30T12:00:00Z');
const repository = 'example-org/site';
const runbook = 'https://site.test/runbook';
const patience = { tries: 2, pause: 1, timeout: 2_000 };

async function watched() {
  const well = await wellWorld(now);
  const { standin } = await runningStandin(temporaryGists({}).dir);
  const access = { apiUrl: standin.origin, repository, token: 'ghs_test' };
  const watch = (changed: Partial<Input> = {}, tools: { now?: Date; ca?: string } = {}) =>
    run(
      { site: well.address, dataset: well.address, repository: access, runbook, dryRun: false, ...changed },
      {
        now: () => tools.now ?? now,
        patience,
        progress: () => undefined,
        ...(tools.ca ? { ca: tools.ca } : {}),
      },
    );
  return {
    ...well,
    standin,
    watch,
    keys: async (...given: Parameters<typeof watch>) => (await watch(...given)).alerts.map(({ key }) => key),
    issues: () => standin.issuesOf(repository),
  };
}

test('while all is well nobody is told', async () => {
  const { watch, issues } = await watched();
  expect(await watch()).toEqual({ alerts: [], told: { issue: 'none', page: null } });
  expect(issues()).toEqual([]);
});

describe('what is wrong is an alert', () => {
  test.each<[string, string, { status?: number; body: string | object }, string]>([
    ['a site that is not ready', '/api/health/ready', { status: 503, body: { code: 'draining' } }, 'site'],
    [
      'a database that is away',
      '/api/health/ready',
      { status: 503, body: { code: 'database_unavailable' } },
      'database',
    ],
    ['a proxy without a site behind it', '/api/health/ready', { status: 502, body: 'Bad Gateway' }, 'site'],
    ['another program in the site’s place', '/api/health/ready', { body: 'Welcome to nginx' }, 'site'],
    ['a home page that is none', '/', { status: 500, body: 'Internal' }, 'site'],
    ['a status that is none', '/api/status', { body: '[]' }, 'site'],
    [
      'a bucket that nobody may read',
      '/latest/manifest.json',
      { status: 403, body: 'AccessDenied' },
      'published',
    ],
    ['a manifest that is cut off', '/latest/manifest.json', { body: '{"schema_version": "1.3' }, 'published'],
    ['a status file that is gone', '/latest/status.json', { status: 404, body: '' }, 'removals'],
  ])('%s', async (_, path, answer, key) => {
    const { answers, keys } = await watched();
    answers.set(path, answer);
    expect(await keys()).toEqual([key]);
  });

  test.each(['recheck', 'snapshot', 'changes', 'queue', 'backup'] as const)(
    '%s that is late',
    async (name) => {
      const { answers, watch, vitals, ago } = await watched();
      const late = { ...vitals, [name]: { state: 'late', since: ago(50), late_after_hours: 36 } };
      answers.set('/api/status', { body: { at: now.toISOString(), vitals: late } });
      const { alerts } = await watch();
      expect(alerts).toEqual([
        { key: name, sentence: expect.stringMatching(/ 50 h ago, and is late after 36 h\.$/) },
      ]);
    },
  );

  test('no backup that a site before knows nothing of', async () => {
    const { answers, keys, vitals } = await watched();
    const { backup: _, ...before } = vitals;
    answers.set('/api/status', { body: { at: now.toISOString(), vitals: before } });
    expect(await keys()).toEqual([]);
  });

  test('departures that were not told for hours', async () => {
    const { keys } = await watched();
    expect(await keys({}, { now: new Date(now.getTime() + 3 * hour) })).toEqual([]);
    expect(await keys({}, { now: new Date(now.getTime() + 4 * hour) })).toEqual(['removals']);
  });

  test('a workflow whose last run failed, until one ends well', async () => {
    const { standin, watch } = await watched();
    standin.finishRun(repository, 'snapshot.yml', 'success');
    standin.finishRun(repository, 'recheck.yml', 'failure');
    const { alerts } = await watch();
    expect(alerts).toEqual([
      { key: 'workflow', sentence: expect.stringContaining('recheck.yml failed: http') },
    ]);
    standin.finishRun(repository, 'recheck.yml', 'success');
    expect((await watch()).alerts).toEqual([]);
  });

  test('its own failure is none, or it would never end', async () => {
    const { standin, keys } = await watched();
    standin.finishRun(repository, 'watch.yml', 'failure');
    expect(await keys()).toEqual([]);
  });

  test('a site that is not there at all', async () => {
    const { watch } = await watched();
    const site = `http://127.0.0.1:${await freePort()}`;
    const { alerts } = await watch({ site });
    expect(alerts).toEqual([
      { key: 'site', sentence: `${site}/api/health/ready does not answer: ECONNREFUSED.` },
    ]);
  });

  test('a failure that is over at the second look is none', async () => {
    const { answers, asked, keys } = await watched();
    answers.set('/', { status: 502, body: '' });
    const looking = keys();
    await expect.poll(() => asked.includes('/')).toBe(true);
    answers.set('/', { body: '<html></html>' });
    const found = await looking;
    // The second look may have come before the site was well again.
    expect(found.length === 0 || asked.filter((path) => path === '/').length === patience.tries).toBe(true);
  });
});

describe('the certificate', () => {
  const ready = (body: object) => JSON.stringify(body);
  const serve = (days: number) =>
    overTls(days, (request, response) => {
      const pages: Record<string, string> = { '/api/health/ready': ready({ ok: true }) };
      response.end(pages[request.url ?? ''] ?? '<html></html>');
    });

  test.each([
    [60, 0, /^$/],
    [60, 45, /is good for 1[45] more days|^$/],
    [60, 50, /is good for (?:9|10) more days, and was not renewed\.$/],
    [60, 62, /has expired, [23] days ago\.$/],
  ])('of %i days is looked at after %i', async (days, passed, told) => {
    const { watch } = await watched();
    const { address, ca } = await serve(days);
    const at = new Date(Date.now() + passed * 24 * hour);
    const { alerts } = await watch({ site: address, dataset: null, repository: null }, { now: at, ca });
    const sentence = alerts.find(({ key }) => key === 'certificate')?.sentence ?? '';
    expect(sentence).toMatch(told);
  });

  test('that nobody vouches for is refused', async () => {
    const { watch } = await watched();
    const { address } = await serve(60);
    const { alerts } = await watch({ site: address, dataset: null, repository: null }, { now: new Date() });
    expect(alerts.find(({ key }) => key === 'certificate')?.sentence).toContain('is refused by browsers: ');
  });
});

describe('the issue', () => {
  test('is opened once, brought up to date, and closed when all is well', async () => {
    const { answers, watch, issues, standin, vitals, ago } = await watched();
    answers.set('/', { status: 500, body: '' });
    expect((await watch()).told?.issue).toBe('opened');
    expect((await watch()).told?.issue).toBe('updated');
    expect(issues()).toHaveLength(1);
    expect(issues()[0]).toMatchObject({
      state: 'open',
      title: 'Alert: site',
      labels: ['alert'],
      comments: [],
    });
    expect(issues()[0]?.body).toContain(runbook);

    const late = { ...vitals, queue: { state: 'late', since: ago(200), late_after_hours: 168 } };
    answers.set('/api/status', { body: { at: now.toISOString(), vitals: late } });
    await watch();
    expect(issues()[0]).toMatchObject({ title: 'Alert: site and 1 more', comments: [/queue/] });
    await watch();
    expect(issues()[0]?.comments).toHaveLength(1);

    answers.set('/', { body: '<html></html>' });
    answers.set('/api/status', { body: { at: now.toISOString(), vitals } });
    expect((await watch()).told?.issue).toBe('closed');
    expect(issues()[0]).toMatchObject({ state: 'closed', reason: 'completed' });
    expect(issues()[0]?.comments.at(-1)).toBe('All is well again.');
    expect((await watch()).told?.issue).toBe('none');

    // What goes wrong afterwards is another one.
    standin.finishRun(repository, 'snapshot.yml', 'failure');
    expect((await watch()).told?.issue).toBe('opened');
    expect(issues()).toHaveLength(2);
  });

  test('of somebody else with the same label is left alone', async () => {
    const { standin, watch, issues } = await watched();
    await fetch(`${standin.origin}/repos/${repository}/issues`, {
      method: 'POST',
      headers: { authorization: 'bearer ghp_person', 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'The door is open', labels: ['alert'] }),
    });
    expect((await watch()).told?.issue).toBe('none');
    expect(issues()[0]).toMatchObject({ state: 'open', title: 'The door is open', comments: [] });
  });

  test('is neither opened nor closed by a dry run', async () => {
    const { answers, watch, issues } = await watched();
    answers.set('/', { status: 500, body: '' });
    expect(await watch({ dryRun: true })).toMatchObject({ alerts: [{ key: 'site' }], told: null });
    expect(issues()).toEqual([]);
  });

  test.each([
    ['down:issues', 'GitHub is not answering properly. Run this again in 60 s.'],
    ['nonsense:issues', 'GitHub is not answering properly. Run this again in 60 s.'],
    ['down:workflows', 'GitHub is not answering properly. Run this again in 60 s.'],
    ['secondary_limit=7', 'GitHub is limiting our requests. Run this again in 7 s.'],
    [
      'read_only:issues',
      `GITHUB_TOKEN may not do this in ${repository}: the job needs the permission issues: write.`,
    ],
  ])('while GitHub has the fault %s there is a sentence', async (fault, sentence) => {
    const { answers, standin, watch } = await watched();
    answers.set('/', { status: 500, body: '' });
    standin.setFaults([fault]);
    expect(
      await watch().then(
        () => null,
        (error) => failureSentence(error),
      ),
    ).toBe(sentence);
  });
});

describe('the script', () => {
  const script = (env: Record<string, string>) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, 'index.ts')], {
      env: { PATH: process.env.PATH ?? '', ...env },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );

  test('ends well when all is well', async () => {
    const { address, standin } = await watched();
    const ended = await script({
      SITE_URL: address,
      GITHUB_API_URL: standin.origin,
      GITHUB_REPOSITORY: repository,
      GITHUB_TOKEN: 'ghs_test',
    });
    expect(ended).toMatchObject({ code: 0, stdout: 'All is well.\n' });
  });

  test('looks without GitHub, whatever it asks for otherwise in production, where nobody is to be told', async () => {
    const { address } = await watched();
    const production = { SITE_URL: address, NODE_ENV: 'production' };
    expect(await script(production)).toMatchObject({ code: 1, stdout: '' });
    expect(await script({ ...production, INPUT_DRY_RUN: 'true' })).toMatchObject({
      code: 0,
      stdout: 'All is well.\n',
    });
  });

  test('fails with one sentence that names the issue', async () => {
    const { address, standin, answers } = await watched();
    answers.set('/api/health/ready', { status: 404, body: '' });
    const { code, stderr } = await script({
      SITE_URL: address,
      GITHUB_API_URL: standin.origin,
      GITHUB_REPOSITORY: repository,
      GITHUB_TOKEN: 'ghs_test',
    });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toBe(
      `watch: ${address}/api/health/ready answers 404. See ${standin.origin}/${repository}/issues/1.`,
    );
    expect(stderr).not.toContain('ghs_test');
  });
});

test('every alert is told of in the runbook', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const told = [...text.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, key]) => key);
  for (const key of alertKeys) expect(told).toContain(key);
});
