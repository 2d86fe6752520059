import { expect, test } from 'vitest';
import { type NewsMove, newsMoves } from './news.ts';
import { nextStep } from './next-step.ts';
import { type Move, moves, type State } from './submission.ts';

const gistId = '0123456789abcdef0123456789abcdef';
const step = (move: NewsMove, more: { toState?: State; reason?: string | null; mayAnswer?: boolean } = {}) =>
  nextStep({ gistId, move, toState: 'pending', reason: null, mayAnswer: true, ...more });

test('an owner hears of every move that is not their own, but for an update', () => {
  const others = Object.entries(moves).filter(([, { by }]) => by !== 'owner');
  expect([...newsMoves].sort()).toEqual(
    others
      .map(([move]) => move as Move)
      .filter((move) => move !== 'update')
      .sort(),
  );
});

test.each<[NewsMove, object, RegExp, string | null]>([
  ['approve', { toState: 'approved' }, /in the dataset from the next snapshot on/, `/sessions/${gistId}`],
  ['reject', { reason: 'spam' }, /^Answer the rejection, once, or edit the gist/, `/submit?gist=${gistId}`],
  ['reject', { reason: 'spam', mayAnswer: false }, /^You have answered/, `/submit?gist=${gistId}`],
  [
    'reject',
    { reason: 'secret' },
    /^Revoke it at once.*new gist.*answer the rejection/,
    `/submit?gist=${gistId}`,
  ],
  ['reject', { reason: 'personal_data' }, /^Take it out\..*new gist/, `/submit?gist=${gistId}`],
  [
    'suspect',
    { toState: 'changed' },
    /^Revoke it at once.*withdraw.*new gist.*declare it/,
    `/submit?gist=${gistId}`,
  ],
  ['remove', { reason: 'spam' }, /^This gist cannot be submitted again\..*reopen/, '/policy'],
  ['remove', { reason: 'spam', mayAnswer: false }, /You have answered this removal\.$/, '/policy'],
  ['remove', { reason: 'secret' }, /^Revoke the secret.*delete the gist/, '/policy'],
  ['remove', { reason: 'personal_data' }, /^Delete the gist/, '/policy'],
  ['reopen', {}, /^It waits for a decision again/, null],
  ['quarantine', { toState: 'quarantined' }, /^It is hidden.*72 hours/, null],
  ['clear', { toState: 'approved' }, /^It is approved as before/, null],
  ['clear', {}, /^It waits for a decision as before/, null],
  ['lapse', { toState: 'approved' }, /^It is approved as before/, null],
  [
    'lose',
    { toState: 'approved' },
    /^It is out of the dataset\. If it should be there, make the gist public/,
    null,
  ],
  ['give_up', { toState: 'approved' }, /^It has left the dataset\. If it should be there/, null],
  ['recover', { toState: 'approved' }, /in the dataset again/, `/sessions/${gistId}`],
  ['edit', { toState: 'changed' }, /^A moderator reads the new revision; until then it is out/, null],
  ['edit', {}, /^A moderator reads the new revision\.$/, null],
])('after %s %j one reads what to do', (move, more, sentence, path) => {
  const told = step(move, more);
  expect(told.sentence).toMatch(sentence);
  expect(told.link?.path ?? null).toBe(path);
  expect(told.act).toBe(['reject', 'suspect', 'remove'].includes(move));
});

test('nobody is told to answer what has been answered', () => {
  for (const reason of ['secret', 'personal_data', 'other']) {
    expect(step('reject', { reason, mayAnswer: false }).sentence).not.toMatch(/answer the rejection/i);
  }
});
