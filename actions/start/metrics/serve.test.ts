import { request } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '#sql/db.ts';
import { openDatabase } from '#sql/open.ts';
import { silent } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists } from '#sql/testing-rows.ts';
import { failureSentence } from '../../failure-sentence.ts';
import { createMeasures } from './measures.ts';
import { serveMetrics } from './serve.ts';

const fresh = freshIndex();
let away: Database;
beforeAll(async () => {
  away = await openDatabase({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing', log: silent });
});
afterAll(() => away.close());

async function serving(database: Database, draining = false) {
  const measures = createMeasures(database, () => draining);
  const served = await serveMetrics(0, measures.read);
  onTestFinished(() => {
    served.stop();
    measures.end();
  });
  const address = `http://127.0.0.1:${served.port}/metrics`;
  return { ...served, measures, address, scrape: async () => (await fetch(address)).text() };
}

/** The values by name and labels, as a scraper reads them; whatever is no line of OpenMetrics fails. */
function valuesIn(text: string): Map<string, number> {
  const lines = text.split('\n');
  expect(lines.slice(-2)).toEqual(['# EOF', '']);
  const values = new Map<string, number>();
  for (const line of lines.slice(0, -2)) {
    if (/^# (?:TYPE|HELP) [a-z_]+ .+$/.test(line)) continue;
    const [, name = '', value] = /^([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\]|\\.)*",?)+\})?) (\S+)$/.exec(line) ?? [];
    expect([line, Number.isFinite(Number(value))]).toEqual([line, true]);
    expect(values.has(name)).toBe(false);
    values.set(name, Number(value));
  }
  return values;
}

const answer = { requestId: 'r', method: 'GET', route: '/api/me', status: 200, seconds: 0.02 };

test('requests are counted by route, method and status, with how long they took', async () => {
  const { measures, scrape } = await serving(fresh.db);
  for (const seconds of [0.004, 0.02, 30]) measures.answered({ ...answer, seconds });
  measures.answered({ ...answer, status: 429, route: '/api/submissions', method: 'POST' });
  const values = valuesIn(await scrape());
  const of = (le: string) =>
    values.get(`http_request_duration_seconds_bucket{route="/api/me",method="GET",status="200",le="${le}"}`);
  expect([of('0.005'), of('0.01'), of('0.025'), of('10'), of('+Inf')]).toEqual([1, 1, 2, 2, 3]);
  const labels = '{route="/api/me",method="GET",status="200"}';
  expect(values.get(`http_request_duration_seconds_count${labels}`)).toBe(3);
  expect(values.get(`http_request_duration_seconds_sum${labels}`)).toBeCloseTo(30.024);
  expect(
    values.get('http_request_duration_seconds_count{route="/api/submissions",method="POST",status="429"}'),
  ).toBe(1);
});

test('what visitors make up does not grow the count, nor break out of its line', async () => {
  const { measures, scrape } = await serving(fresh.db);
  for (let n = 0; n < 5_000; n += 1) measures.answered({ ...answer, route: `/made-up-${n}` });
  measures.answered({ ...answer, method: 'BREW"} 1\nfaked 1' });
  const text = await scrape();
  expect(text.match(/_count\{/g)?.length).toBeLessThan(2_100);
  expect(text).not.toContain('faked');
  valuesIn(text);
});

test('the index, the connections and the process are measured', async () => {
  await listGists(fresh.db, 3);
  await fresh.db.query(
    "update submission set state = 'changed', presence = 'suspended', waiting_since = '2026-02-01T00:00:00Z'",
  );
  await fresh.db.query(
    "insert into backup_run (id, finished_at, bytes, row_count, log_seq) values ('x', '2026-02-02T02:20:00Z', 1, 1, 1)",
  );
  const { scrape } = await serving(fresh.db, true);
  const values = valuesIn(await scrape());
  expect(values.get('database_up')).toBe(1);
  expect(values.get('draining')).toBe(1);
  expect(values.get('index_waiting')).toBe(3);
  expect(values.get('index_waiting_since_timestamp_seconds')).toBe(Date.parse('2026-02-01T00:00:00Z') / 1000);
  expect(values.get('index_unpublished_since_timestamp_seconds')).toBeGreaterThan(0);
  expect(values.get('index_backed_up_timestamp_seconds')).toBe(Date.parse('2026-02-02T02:20:00Z') / 1000);
  // Nothing was published yet.
  expect(values.has('index_snapshot_published_timestamp_seconds')).toBe(false);
  expect(values.get('database_connections{state="open"}')).toBeGreaterThan(0);
  expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect(values.get('process_cpu_seconds_total')).toBeGreaterThan(0);
});

test('while the database is away that is measured, and the rest is', async () => {
  const { scrape } = await serving(away);
  const values = valuesIn(await scrape());
  expect(values.get('database_up')).toBe(0);
  expect(values.has('index_waiting')).toBe(false);
  expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(0);
});

test('it is served on loopback alone', async () => {
  const { port } = await serving(fresh.db);
  // This machine has all addresses of 127.0.0.0/8; what listens on all of a machine's answers there, too.
  const asked = await new Promise((resolve) => {
    const asking = request({ host: '127.0.0.2', port, path: '/metrics' }, ({ statusCode }) =>
      resolve(String(statusCode)),
    );
    asking.on('error', ({ message }) => resolve(message));
    asking.end();
  });
  expect(asked).toContain('ECONNREFUSED');
});

test('a name that leads here is no way in, and there is nothing but /metrics', async () => {
  const { port, address } = await serving(fresh.db);
  const named = await new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path: '/metrics', headers: { host: 'evil.example' } },
      ({ statusCode }) => resolve(statusCode),
    );
    asking.on('error', reject);
    asking.end();
  });
  expect(named).toBe(403);
  expect((await fetch(new URL('/', address))).status).toBe(404);
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  expect((await fetch(address)).headers.get('content-type')).toBe(
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  );
});

test('a port that is taken is a sentence with its flag', async () => {
  const { port } = await serving(fresh.db);
  const refused = await serveMetrics(port, async () => '').then(
    () => null,
    (error) => failureSentence(error),
  );
  expect(refused).toBe(
    `Port ${port} of 127.0.0.1 is taken. Stop what uses it, or choose another with --metrics-port.`,
  );
});
