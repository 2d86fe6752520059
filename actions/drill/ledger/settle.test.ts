import { expect, test } from 'vitest';
import type { LoggedMove } from '#sql/testing-moves.ts';
import { type AskedMove, openLedger } from './ledger.ts';
import { settle } from './settle.ts';

/** Requests of one account about one gist, each with the status of its answer, and the moves the log has of it. */
function settled(asked: [AskedMove, number | null][], moves: (string | Partial<LoggedMove>)[]) {
  const ledger = openLedger();
  for (const [move, status] of asked) ledger.write({ gistId: 'a', move, by: '7' }, { status });
  const log = moves.map((move, n) => ({
    seq: n + 1,
    gistId: 'a',
    by: '7',
    move: '',
    ...(typeof move === 'string' ? { move } : move),
  }));
  return settle(ledger.entries(), log);
}

test('what was promised is there: nothing is lost, nothing doubled', () => {
  const asked: [AskedMove, number][] = [
    ['submit', 201],
    ['approve', 200],
    ['approve', 409],
  ];
  expect(settled(asked, ['submit', 'approve'])).toEqual({
    promised: 2,
    unknown: { asked: 0, done: 0 },
    lost: 0,
    doubled: 0,
  });
});

test('a promise that the log does not have is lost', () => {
  expect(settled([['submit', 201]], [])).toMatchObject({ promised: 1, lost: 1 });
});

test('one answer, two lines: doubled', () => {
  expect(settled([['submit', 201]], ['submit', 'submit'])).toMatchObject({ lost: 0, doubled: 1 });
});

test('no answer, or a server error, may have been done or not', () => {
  expect(settled([['submit', null]], [])).toMatchObject({ lost: 0, unknown: { asked: 1, done: 0 } });
  expect(settled([['submit', 503]], ['submit'])).toMatchObject({
    doubled: 0,
    unknown: { asked: 1, done: 1 },
  });
});

test('what was refused must not be there', () => {
  expect(settled([['submit', 409]], ['submit'])).toMatchObject({ promised: 0, doubled: 1 });
});

test('what nobody asked for is told, and what another did is no stand-in for it', () => {
  expect(settled([], [{ move: 'lose', by: null }])).toMatchObject({ doubled: 1 });
  expect(settled([['approve', 200]], [{ move: 'approve', by: '8' }])).toMatchObject({ lost: 1, doubled: 1 });
});
