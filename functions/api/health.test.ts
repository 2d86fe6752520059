import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '#sql/open.ts';
import { silent } from '#sql/testing.ts';
import { startWorld, type Visitor, type World } from './testing/world.ts';

let world: World;
let ada: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
});
afterAll(() => world.close());

/** Another object for the same database: what was kept of it is forgotten. */
const anew = () => ({ ...world.database });
beforeEach(() => Object.assign(world.runtime, { database: anew(), isDraining: () => false }));

async function get(path: string) {
  const answer = await world.ask(path);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function withoutDatabase(): Promise<void> {
  world.runtime.database = await openDatabase({
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing',
    log: silent,
  });
}

test.each(['/api/health', '/api/health/ready', '/api/health/live'])('%s is well', async (path) => {
  expect(await get(path)).toMatchObject({ status: 200, body: { ok: true } });
});

test('while the database is away a process lives, and is not ready', async () => {
  await withoutDatabase();
  expect(await get('/api/health/live')).toMatchObject({ status: 200, body: { ok: true } });
  for (const path of ['/api/health', '/api/health/ready']) {
    expect(await get(path)).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
  }
});

test('a process that was told to end lives, answers, and is not ready', async () => {
  world.runtime.isDraining = () => true;
  expect(await get('/api/health/live')).toMatchObject({ status: 200 });
  const ready = await get('/api/health/ready');
  expect(ready).toMatchObject({ status: 503, body: { code: 'draining', status: 503 } });
  expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ada.get('/api/me')).status).toBe(200);
});

const vitals = z.object({ vitals: z.record(z.string(), z.looseObject({ state: z.string() })) });
const states = async () =>
  Object.fromEntries(
    Object.entries(vitals.parse((await get('/api/status')).body).vitals).map(([name, { state }]) => [
      name,
      state,
    ]),
  );

test('the status tells what waits, and that nothing was done yet', async () => {
  expect(await states()).toEqual({
    recheck: 'none',
    snapshot: 'none',
    changes: 'none',
    queue: 'none',
    backup: 'none',
  });
  world.runtime.database = anew();
  const { gistId } = await world.submitNew(ada);
  expect(await get('/api/status')).toMatchObject({
    status: 200,
    body: { waiting: 1, snapshot_id: null, vitals: { queue: { state: 'well', late_after_hours: 168 } } },
  });
  await world.database.query(
    "update submission set waiting_since = now() - interval '8 days' where gist_id = $1",
    [gistId],
  );
  world.runtime.database = anew();
  expect(await states()).toMatchObject({ queue: 'late' });
});

test('many who ask for the status have the database work it out once', async () => {
  let worked = 0;
  world.runtime.database = {
    ...anew(),
    query: (text, values) => {
      if (text.includes('from snapshot')) worked += 1;
      return world.database.query(text, values);
    },
  };
  await Promise.all(Array.from({ length: 20 }, () => get('/api/status')));
  expect(worked).toBe(1);
});

test('the status names nobody and no gist', async () => {
  const told = JSON.stringify((await get('/api/status')).body);
  expect(told).not.toMatch(/ada|[0-9a-f]{32}/);
});

test('an outage is told, and is over with the next question', async () => {
  await withoutDatabase();
  const away = world.runtime.database;
  expect(await get('/api/status')).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
  const back = Object.assign(away, { query: world.database.query });
  world.runtime.database = back;
  expect((await get('/api/status')).status).toBe(200);
});
