import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failureSentence } from '../failure-sentence.ts';
import { type Allowed, allowed } from './allowed.ts';
import { goodFor, judgeAdvisories } from './judge.ts';
import { run } from './run.ts';

const now = new Date('2026-11-30T12:00:00Z');
const advisory = (id: string, name: string, severity: string) => ({
  id: 1_000_000 + Number.parseInt(id, 36),
  url: `https://github.com/advisories/GHSA-aaaa-bbbb-${id}`,
  title: `Invented trouble in ${name}`,
  severity,
  vulnerable_versions: '<9.0.0',
  cwe: [],
  cvss: { score: 0, vectorString: null },
});

const packument = {
  name: 'leaky',
  'dist-tags': { latest: '1.0.0' },
  versions: {
    '1.0.0': { name: 'leaky', version: '1.0.0', dist: { tarball: 'http://127.0.0.1:9/leaky.tgz' } },
  },
};

/** A registry that knows these advisories of a package, and a folder whose lockfile has it. */
async function world(advisories: readonly object[] | null) {
  const server = createServer((request, response) => {
    request.resume();
    if (advisories === null) return void response.writeHead(405).end();
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(request.url?.endsWith('/advisories/bulk') ? { leaky: advisories } : packument));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = mkdtempSync(join(tmpdir(), 'audit-'));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    rmSync(root, { recursive: true });
  });
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const dependencies = { leaky: '1.0.0' };
  const own = { name: 'audited', version: '1.0.0', dependencies };
  writeFileSync(join(root, 'package.json'), JSON.stringify(own));
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({
      name: 'audited',
      lockfileVersion: 3,
      packages: {
        '': own,
        'node_modules/leaky': { version: '1.0.0', resolved: `${registry}leaky/-/leaky-1.0.0.tgz` },
      },
    }),
  );
  const env = {
    ...process.env,
    npm_config_registry: registry,
    npm_config_update_notifier: 'false',
    HOME: root,
  };
  return (judged: readonly Allowed[] = [], at = now) => run({ root, env, allowed: judged, now: at });
}

const judged = (day: string): Allowed => ({
  advisory: 'GHSA-aaaa-bbbb-cccc',
  package: 'leaky',
  judged: day,
  reason: 'It is not called.',
});

test('packages without an advisory pass', async () => {
  const audited = await world([]);
  expect(await audited()).toMatchObject({ ok: true, summary: { open: 0, waiting: 0, lesser: 0 } });
});

test('a grave advisory is refused with its package and its id', async () => {
  const audited = await world([advisory('cccc', 'leaky', 'critical'), advisory('dddd', 'leaky', 'low')]);
  expect(await audited()).toEqual({
    ok: false,
    sentence: expect.stringMatching(
      /^critical: leaky <9\.0\.0, Invented trouble in leaky \(GHSA-aaaa-bbbb-cccc\)\. Update the packages/,
    ),
  });
});

test('what was judged waits for thirty days, and then counts again', async () => {
  const audited = await world([advisory('cccc', 'leaky', 'high')]);
  expect(await audited([judged('2026-11-02')])).toMatchObject({ ok: true, summary: { waiting: 1 } });
  expect(await audited([judged('2026-10-31')])).toMatchObject({ ok: false });
});

test('a lesser one is told of, and a judgement that nothing needs, too', async () => {
  const audited = await world([advisory('dddd', 'leaky', 'moderate')]);
  const answer = await audited([judged('2026-11-29')]);
  expect(answer).toMatchObject({ ok: true, summary: { lesser: 1, spare: 1 } });
  expect(JSON.stringify(answer)).toContain('GHSA-aaaa-bbbb-cccc concerns us no more');
});

test('a registry that tells nothing is no registry without advisories', async () => {
  const audited = await world(null);
  expect(
    await audited().then(
      () => null,
      (error) => failureSentence(error),
    ),
  ).toBe('The registry of npm told nothing of advisories. Run this again later.');
});

test('a judgement is of one package, and none is of a day to come', () => {
  const found = { id: 'GHSA-aaaa-bbbb-cccc', package: 'other', severity: 'high', title: 't', range: '*' };
  expect(judgeAdvisories([found], [judged('2026-11-29')], now).open).toEqual([found]);
  const own = { ...found, package: 'leaky' };
  expect(judgeAdvisories([own], [judged('2027-06-01')], now).open).toEqual([own]);
  expect(judgeAdvisories([own], [judged('2026-11-29')], now).open).toEqual([]);
});

test('our own judgements have a reason, an id and a day', () => {
  for (const { advisory: id, judged: day, reason } of allowed) {
    expect(id).toMatch(/^GHSA(?:-[0-9a-z]{4}){3}$/);
    expect(Number.isNaN(Date.parse(day))).toBe(false);
    expect(reason.length).toBeGreaterThan(20);
  }
  expect(goodFor).toBe(30);
});
