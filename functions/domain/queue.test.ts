import { expect, test } from 'vitest';
import { waitingAs } from './queue.ts';
import { type Objection, type State, states } from './submission.ts';

const standing = (
  state: State,
  appealedRevision: string | null = null,
  { license = 'MIT', objection = null }: { license?: 'MIT' | null; objection?: Objection | null } = {},
) =>
  ({
    license,
    state,
    revision: 'r2',
    appealedRevision,
    objection,
    quarantinedFrom: state === 'quarantined' ? 'pending' : null,
  }) as const;

test.each([
  ['pending', null, 0, 'new'],
  ['pending', 'r1', 0, 'new'],
  ['pending', 'r2', 0, 'appealed'],
  ['pending', 'r2', 1, 'reported'],
  ['changed', null, 0, 'changed'],
  ['changed', 'r2', 0, 'changed'],
  ['changed', null, 2, 'reported'],
  ['quarantined', 'r2', 0, 'reported'],
  ['approved', null, 1, 'reported'],
  ['approved', 'r2', 0, null],
  ['rejected', 'r2', 1, null],
  ['withdrawn', null, 1, null],
  ['removed', null, 1, null],
] as const)('%s, answered at %s, with %i open reports: %s', (state, appealed, reports, waiting) => {
  expect(waitingAs(standing(state, appealed), reports)).toBe(waiting);
});

test('what its owner has yet to confirm waits for no moderator, unless somebody reported it', () => {
  const license = null;
  expect(waitingAs(standing('pending', null, { license }), 0)).toBe('unattested');
  expect(waitingAs(standing('pending', null, { license }), 1)).toBe('reported');
  expect(waitingAs(standing('quarantined', null, { license }), 1)).toBe('reported');
  expect(waitingAs(standing('rejected', null, { license }), 0)).toBe(null);
});

test('a removal that its owner answered waits until a moderator has decided', () => {
  expect(waitingAs(standing('removed', null, { objection: 'open' }), 0)).toBe('appealed');
  expect(waitingAs(standing('removed', null, { objection: 'settled' }), 0)).toBeNull();
});

test('no other state than these waits', () => {
  const idle = states.filter((state) => waitingAs(standing(state), 0) === null);
  expect(idle).toEqual(['approved', 'rejected', 'withdrawn', 'removed']);
});
