import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { shiftTime } from '#sql/testing/shifted-time.ts';
import { startWorld, type Visitor, type World } from '../../functions/api/testing/world.ts';
import { run as runExport } from '../export/run.ts';
import { resetProcess, shiftProcess } from './clock.ts';

/** The machine's clock jumps, forward or back, and the database's with it; then it is what it was, or stays so. */

const hour = 3_600_000;
const day = 24 * hour;

let world: World;
let ada: Visitor;
let moderator: Visitor;
let tellDatabase: (milliseconds: number) => Promise<void>;

beforeEach(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  tellDatabase = world.database.kind === 'embedded' ? async () => undefined : await shiftTime(world.database);
  [ada, moderator] = [await world.signIn('ada'), await world.signIn('moderator')];
});

afterEach(async () => {
  resetProcess();
  await world.close();
});

async function jump(milliseconds: number): Promise<void> {
  shiftProcess(milliseconds);
  await tellDatabase(milliseconds);
}

async function list(): Promise<string> {
  const { gistId, revision } = await world.submitNew(ada);
  expect((await moderator.decide(gistId, { decision: 'approve', revision })).status).toBe(200);
  return gistId;
}

test.each([
  ['an hour forward', hour],
  ['an hour back', -hour],
  ['a month back', -30 * day],
])('%s, and right again: who is signed in stays so, and what they do is kept', async (_, by) => {
  await list();
  await jump(by);
  expect((await ada.get('/api/me')).status).toBe(200);
  await list();
  await jump(0);
  expect((await ada.get('/api/me')).status).toBe(200);
  await list();
  expect((await ada.get('/api/submissions')).body.items).toHaveLength(3);
});

test('a year forward: everybody signs in again, and nobody stays out', async () => {
  await jump(365 * day);
  expect(await ada.get('/api/me')).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  const later = await world.signIn('ada');
  expect((await later.get('/api/me')).status).toBe(200);
  await jump(0);
  expect((await later.get('/api/me')).status).toBe(200);
  expect((await world.signIn('ada')).cookie).not.toBe('');
});

test('in the middle of signing in: one is asked to begin again, and can', async () => {
  const start = await world.ask('/api/auth/signin');
  await jump(hour);
  const cookie = start.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = new URL(start.headers.get('location') ?? '');
  page.searchParams.set('login', 'ada');
  const granted = await fetch(page, { redirect: 'manual' });
  const done = await world.ask(granted.headers.get('location') ?? '', { headers: { cookie } });
  expect(done.headers.get('location')).toMatch(/^\/sign-in/);
  expect((await (await world.signIn('ada')).get('/api/me')).status).toBe(200);
});

test('snapshots are told in the order in which they were made, whatever the clock said', async () => {
  const output = mkdtempSync(join(tmpdir(), 'openagentsessions-clock-'));
  onTestFinished(() => rmSync(output, { recursive: true }));
  const tools = {
    db: world.database,
    now: () => new Date(),
    log: () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
  };
  const ids: string[] = [];
  for (const shift of [0, -hour, 2 * day, -day, 0]) {
    await jump(shift);
    await list();
    const outcome = await runExport({ output, force: false }, tools);
    if (outcome.kind !== 'exported') throw new Error(`nothing was exported: ${outcome.kind}`);
    ids.push(outcome.manifest.snapshot_id);
  }
  expect(ids).toEqual([...new Set(ids)].sort());
});
