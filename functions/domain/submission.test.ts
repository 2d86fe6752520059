import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Availability,
  availabilities,
  type ChangeKind,
  datasetEffect,
  type Move,
  moves,
  moveTarget,
  moveTells,
  type Presence,
  presences,
  type State,
  states,
} from './submission.ts';

/** DESIGN's table of transitions, written out once more by hand: [move, from, to]. */
const table: [Move, State, State | 'earlier'][] = [
  ['attest', 'pending', 'pending'],
  ['resubmit', 'withdrawn', 'pending'],
  ['resubmit', 'rejected', 'pending'],
  ['appeal', 'rejected', 'pending'],
  ['withdraw', 'pending', 'withdrawn'],
  ['withdraw', 'changed', 'withdrawn'],
  ['withdraw', 'approved', 'withdrawn'],
  ['withdraw', 'rejected', 'withdrawn'],
  ['object', 'removed', 'removed'],
  ['remove', 'removed', 'removed'],
  ['leave', 'pending', 'withdrawn'],
  ['leave', 'changed', 'withdrawn'],
  ['leave', 'approved', 'withdrawn'],
  ['leave', 'rejected', 'withdrawn'],
  ['leave', 'quarantined', 'withdrawn'],
  ['edit', 'pending', 'pending'],
  ['edit', 'changed', 'changed'],
  ['edit', 'approved', 'changed'],
  ['suspect', 'approved', 'changed'],
  ['update', 'approved', 'approved'],
  ['lose', 'approved', 'approved'],
  ['give_up', 'approved', 'approved'],
  ['recover', 'approved', 'approved'],
  ['approve', 'pending', 'approved'],
  ['approve', 'changed', 'approved'],
  ['reject', 'pending', 'rejected'],
  ['reject', 'changed', 'rejected'],
  ['remove', 'pending', 'removed'],
  ['remove', 'changed', 'removed'],
  ['remove', 'approved', 'removed'],
  ['remove', 'rejected', 'removed'],
  ['remove', 'quarantined', 'removed'],
  ['reopen', 'removed', 'pending'],
  ['quarantine', 'approved', 'quarantined'],
  ['quarantine', 'pending', 'quarantined'],
  ['clear', 'quarantined', 'earlier'],
  ['lapse', 'quarantined', 'earlier'],
];

const everyMove = Object.keys(moves) as Move[];

test('every move leads where the table says, and nowhere else', () => {
  for (const move of everyMove) {
    for (const from of states) {
      const expected = table.find(([m, f]) => m === move && f === from)?.[2] ?? null;
      expect([move, from, moveTarget(move, from)]).toEqual([move, from, expected]);
    }
  }
});

interface Standing {
  state: State;
  availability: Availability;
  presence: Presence;
  quarantinedFrom: State;
}

/** What a recheck finds goes with its moves; an edit is seen of what is there. */
const found: Partial<Record<Move, Availability>> = {
  lose: 'missing',
  give_up: 'gone',
  recover: 'available',
  edit: 'available',
  resubmit: 'available',
};

/** Walks any sequence of moves from a fresh submission, as the rules allow them. */
function walk(wanted: readonly Move[]): { standing: Standing; kinds: ChangeKind[] } {
  let standing: Standing = {
    state: 'pending',
    availability: 'available',
    presence: 'never',
    quarantinedFrom: 'pending',
  };
  const kinds: ChangeKind[] = [];
  for (const move of wanted) {
    const target = moveTarget(move, standing.state);
    if (target === null) continue;
    const state = target === 'earlier' ? standing.quarantinedFrom : target;
    const after = { state, availability: found[move] ?? standing.availability };
    const { presence, kind } = datasetEffect(standing.presence, after, moveTells(move));
    const quarantinedFrom = state === 'quarantined' ? standing.state : standing.quarantinedFrom;
    standing = { ...after, presence, quarantinedFrom };
    if (kind) kinds.push(kind);
  }
  return { standing, kinds };
}

const anyWalk = fc.array(fc.constantFrom(...everyMove), { maxLength: 40 });

test('whatever moves are made, exactly the approved rows that are available are listed', () => {
  fc.assert(
    fc.property(anyWalk, (wanted) => {
      const { standing } = walk(wanted);
      const { state, availability, presence } = standing;
      expect(presence === 'listed').toBe(state === 'approved' && availability === 'available');
    }),
  );
});

test('whatever moves are made, every arrival and every departure is told', () => {
  fc.assert(
    fc.property(anyWalk, (wanted) => {
      const { standing, kinds } = walk(wanted);
      let told = false;
      for (const [i, kind] of kinds.entries()) {
        if (kind === 'added') expect(i).toBe(0);
        if (kind === 'updated') expect(told).toBe(true);
        told = kind === 'added' || kind === 'restored' || kind === 'updated';
      }
      expect(told).toBe(standing.presence === 'listed');
    }),
  );
});

test('a row that is not available is not listed, whatever its state', () => {
  for (const state of states) {
    for (const availability of availabilities.filter((known) => known !== 'available')) {
      for (const before of presences) {
        expect(datasetEffect(before, { state, availability }, 'suspended').presence).not.toBe('listed');
      }
    }
  }
});

test('a suspended row that is then rejected departs for good, and says so', () => {
  expect(walk(['approve', 'edit', 'reject']).kinds).toEqual(['added', 'suspended', 'removed']);
});

test('a row in which newer rules find a secret is suspended, and restored by an approval', () => {
  expect(walk(['approve', 'suspect', 'approve']).kinds).toEqual(['added', 'suspended', 'restored']);
});

test('what newer rules tell of a listed row is an update, and of any other nothing', () => {
  expect(walk(['update', 'approve', 'update', 'edit', 'update']).kinds).toEqual([
    'added',
    'updated',
    'suspended',
  ]);
});

test('a gist that is missed is suspended, then gone, and restored when it is there again', () => {
  expect(walk(['approve', 'lose', 'recover']).kinds).toEqual(['added', 'suspended', 'restored']);
  expect(walk(['approve', 'lose', 'give_up', 'recover']).kinds).toEqual([
    'added',
    'suspended',
    'gone',
    'restored',
  ]);
  expect(walk(['approve', 'lose', 'withdraw']).kinds).toEqual(['added', 'suspended', 'withdrawn']);
  expect(walk(['approve', 'lose', 'give_up', 'withdraw']).kinds).toEqual(['added', 'suspended', 'gone']);
  expect(walk(['approve', 'lose', 'edit', 'approve']).kinds).toEqual(['added', 'suspended', 'restored']);
});

test('a row that was never listed leaves without a word', () => {
  expect(walk(['reject', 'resubmit', 'withdraw']).kinds).toEqual([]);
});

test('a withdrawn row that is approved again is restored', () => {
  expect(walk(['approve', 'withdraw', 'resubmit', 'approve']).kinds).toEqual([
    'added',
    'withdrawn',
    'restored',
  ]);
});
