import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastRecheck } from '#sql/queries/rechecks.ts';
import { recheckedContents, restoreIndex, saveIndex } from '#sql/testing-gists.ts';
import { moveRow } from '../reinspect/testing.ts';
import { hoursLater, type Index, monday, startIndex } from './testing.ts';

let index: Index;
let canaryGistId: string;
beforeAll(async () => {
  index = await startIndex();
  canaryGistId = index.write('operator/canary', { 'canary.txt': 'here\n' });
});
afterAll(() => index.close());

const edited = { 'session.jsonl': '{"edited":true}\n' };

/** An index in which a recheck has one of everything to do. */
async function everythingToDo(): Promise<void> {
  for (const place of [
    'ada/same',
    'bo/edited',
    'cy/deleted',
    'di/secret',
    'ed/back',
    'flo/gone',
    'ida/old',
    'joe/renamed',
  ])
    await index.taken(place);
  await index.taken('gil/pending', 'pending');
  const hidden = await index.taken('hal/reported');
  for (const place of ['ed/back', 'flo/gone']) index.remove(place);
  await index.recheck({ now: () => hoursLater(-30) });
  await moveRow(index.db, hidden, 'quarantine');
  await index.db.query(
    `update submission set quarantined_at = now() - interval '73 hours' where state = 'quarantined'`,
  );
  await index.db.query(`update inspection set scanner_version = '0'
    where gist_id = (select gist_id from submission where owner_login = 'ida')`);
  index.write('ed/back', { 'session.jsonl': '{"place":"ed/back"}\n' }, hoursLater(-48));
  for (const place of ['bo/edited', 'gil/pending']) index.write(place, edited);
  index.remove('cy/deleted');
  index.write('di/secret', { '.gist.json': '{"public":false}' });
  index.standin.rename('joe', 'joseph');
}

/** Runs a recheck in a process that dies before its nth step. */
async function recheckUntil(n: number): Promise<{ died: string } | { steps: string[] }> {
  const { kind } = index.db;
  const program = join(import.meta.dirname, 'testing-kill.ts');
  const args = [
    kind,
    index.fresh.as.jobs.url,
    index.standin.origin,
    canaryGistId,
    monday.toISOString(),
    String(n),
  ];
  const child = spawn(process.execPath, [program, ...args]);
  const ended = once(child, 'exit');
  const [told, complaint, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (signal === 'SIGKILL') return { died: told };
  if (status !== 0) throw new Error(complaint);
  return { steps: JSON.parse(told) };
}

/** How many moves the log has that the recheck and what it calls have made. */
const movesMade = async () => (await index.db.query('select from moderation_log')).rowCount;

/** The moves of each gist, and whether its row stands elsewhere than the last of them says. */
async function movesTold(): Promise<{ moves: string; halves: boolean }[]> {
  const { rows } = await index.db.query<{ moves: string; halves: boolean }>(
    `select string_agg(move, ' ' order by seq) as moves,
            bool_or(seq = last_seq and (state, submission.revision) <> (to_state, log.revision)) or max(seq) <> last_seq as halves
       from submission join moderation_log as log using (gist_id) group by gist_id order by gist_id`,
  );
  return rows;
}

test('killed before any of its steps, a recheck has made no move twice nor by half, and the next run finishes', {
  timeout: 900_000,
}, async ({ annotate }) => {
  await everythingToDo();
  await saveIndex(index.db);
  const before = await recheckedContents(index.db);
  const movesBefore = await movesMade();
  await index.recheck({ canaryGistId });
  const expected = await recheckedContents(index.db);
  const moves = (await movesMade()) - movesBefore;
  const wanted = await movesTold();
  expect(moves).toBe(8);

  const table: string[] = [];
  let steps: string[] | null = null;
  for (let deaths = 0; steps === null; deaths += 1) {
    await restoreIndex(index.db);
    const ended = await recheckUntil(deaths);
    const made = (await movesMade()) - movesBefore;
    const after = await recheckedContents(index.db);
    const done = after.filter((line, i) => line === expected[i] && line !== before[i]).length;
    const told = await movesTold();
    expect(told.map(({ moves: some }, i) => wanted[i]?.moves.startsWith(some))).not.toContain(false);
    expect(told.filter(({ halves }) => halves)).toEqual([]);
    await index.recheck({ canaryGistId, now: () => new Date(monday.getTime() + 60_000) });
    expect(await recheckedContents(index.db)).toEqual(expected);
    expect((await movesMade()) - movesBefore).toBe(moves);
    expect(await lastRecheck(index.db)).toMatchObject({ outcome: 'done' });
    if ('died' in ended) {
      expect(made).toBeLessThanOrEqual(moves);
      table.push(
        `${deaths + 1}. ${ended.died} | ${made} of ${moves} moves made, ${done} rows done | rerun: the same`,
      );
    } else steps = ended.steps;
  }
  expect(table).toHaveLength(steps.length);
  await annotate(`${table.length} steps\n${table.join('\n')}`);
});
