import { expect, test } from 'vitest';
import type { Gist } from './gist.ts';
import {
  compareGist,
  isMassLoss,
  isOutage,
  isStillMissed,
  isUntouched,
  type Standing,
  settledPush,
  stepAfter,
} from './recheck.ts';
import type { Availability, State } from './submission.ts';

const now = new Date('2026-03-02T06:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const owner = { id: '7', login: 'ada' };

const row = (given: Partial<Standing> = {}): Standing => ({
  state: 'approved',
  availability: 'available',
  revision: 'a'.repeat(40),
  ownerId: '7',
  ownerLogin: 'ada',
  pushedAt: hoursAgo(50),
  lostAt: null,
  ...given,
});

const told = { pushedAt: hoursAgo(50), public: true, fork: false, owner };

test.each([
  ['as it was', {}, {}, true],
  ['pushed to', {}, { pushedAt: hoursAgo(49) }, false],
  ['pushed to at a time nobody tells', {}, { pushedAt: null }, false],
  ['of a push that is not remembered', { pushedAt: null }, { pushedAt: null }, false],
  ['secret', {}, { public: false }, false],
  ['a fork', {}, { fork: true }, false],
  ['of nobody', {}, { owner: null }, false],
  ['of another account', {}, { owner: { id: '8', login: 'ada' } }, false],
  ['of the same account by another login', {}, { owner: { id: '7', login: 'lovelace' } }, false],
  ['back', { availability: 'missing' }, {}, false],
] as const)('a gist that is %s is untouched or not', (_, standing, node, untouched) => {
  expect(isUntouched(row(standing), { ...told, ...node })).toBe(untouched);
});

function gist(given: Partial<Gist> = {}): Gist {
  return {
    id: '1',
    nodeId: 'G_1',
    url: 'https://gist.github.com/ada/1',
    description: null,
    public: true,
    forkOf: null,
    owner,
    revision: 'a'.repeat(40),
    updatedAt: '2026-01-01T00:00:00Z',
    filesTruncated: false,
    files: [],
    ...given,
  };
}

const edited = { revision: 'b'.repeat(40) };
const stranger = { owner: { id: '8', login: 'ada' } };

test.each([
  [gist(), { kind: 'same' }],
  [gist({ description: 'another', updatedAt: '2026-03-01T00:00:00Z' }), { kind: 'same' }],
  [gist({ owner: { id: '7', login: 'lovelace' } }), { kind: 'renamed' }],
  [gist(edited), { kind: 'edited' }],
  [gist({ forkOf: '2' }), { kind: 'fork' }],
  [null, { kind: 'lost', availability: 'missing' }],
  [gist({ public: false }), { kind: 'lost', availability: 'secret' }],
  [gist({ public: false, ...edited }), { kind: 'lost', availability: 'secret' }],
  [gist(stranger), { kind: 'lost', availability: 'owner_changed' }],
  [gist({ ...stranger, ...edited, public: false }), { kind: 'lost', availability: 'owner_changed' }],
  [gist({ owner: null }), { kind: 'unknown' }],
  [gist({ owner: null, public: false }), { kind: 'unknown' }],
])('gist %#', (read, verdict) => {
  expect(compareGist(row(), read)).toEqual(verdict);
});

const lost = { kind: 'lost', availability: 'secret' } as const;

test.each<[State, Availability, number | null, Parameters<typeof stepAfter>[1], string]>([
  ['approved', 'available', null, { kind: 'same' }, 'verify'],
  ['approved', 'available', null, { kind: 'renamed' }, 'rename'],
  ['approved', 'available', null, { kind: 'edited' }, 'edit'],
  ['approved', 'available', null, { kind: 'fork' }, 'edit'],
  ['approved', 'available', null, lost, 'lose'],
  ['approved', 'missing', 23.9, lost, 'wait'],
  ['approved', 'missing', 24, lost, 'give_up'],
  ['approved', 'owner_changed', null, lost, 'give_up'],
  ['approved', 'gone', 100, lost, 'wait'],
  ['approved', 'missing', 100, { kind: 'same' }, 'recover'],
  ['approved', 'gone', 100, { kind: 'same' }, 'recover'],
  ['approved', 'secret', 1, { kind: 'renamed' }, 'recover'],
  ['approved', 'missing', 1, { kind: 'edited' }, 'edit'],
  ['pending', 'available', null, { kind: 'same' }, 'verify'],
  ['pending', 'available', null, { kind: 'renamed' }, 'verify'],
  ['pending', 'available', null, { kind: 'edited' }, 'edit'],
  ['changed', 'available', null, { kind: 'edited' }, 'edit'],
  ['pending', 'available', null, lost, 'wait'],
  ['changed', 'available', null, { kind: 'fork' }, 'wait'],
])('%s and %s, missed %s hours ago, then %j: %s', (state, availability, missed, verdict, step) => {
  const lostAt = missed === null ? null : hoursAgo(missed);
  expect(stepAfter(row({ state, availability, lostAt }), verdict, now)).toBe(step);
});

test('a hint is enough where a miss says nothing new', () => {
  expect(isStillMissed(row(), now)).toBe(false);
  expect(isStillMissed(row({ state: 'pending' }), now)).toBe(false);
  expect(isStillMissed(row({ availability: 'missing', lostAt: hoursAgo(1) }), now)).toBe(true);
  expect(isStillMissed(row({ availability: 'missing', lostAt: hoursAgo(25) }), now)).toBe(false);
  expect(isStillMissed(row({ availability: 'gone', lostAt: hoursAgo(99) }), now)).toBe(true);
});

test('a push of the last five minutes is not remembered', () => {
  const at = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  expect(settledPush(at(300), now)).toEqual(at(300));
  expect(settledPush(at(299), now)).toBeNull();
  expect(settledPush(null, now)).toBeNull();
});

test.each([
  [4, 4, false],
  [5, 5, true],
  [5, 99, true],
  [5, 100, false],
  [6, 120, false],
  [6, 119, true],
  [500, 10_000, false],
  [501, 10_000, true],
  [0, 0, false],
])('%i owners lost of %i checked', (owners, checked, mass) => {
  expect(isMassLoss(owners, checked)).toBe(mass);
});

test.each([
  [0, 0, false],
  [1, 0, true],
  [1, 1, false],
  [4, 1, false],
  [5, 94, true],
  [5, 95, false],
])('%i rows that GitHub tells nothing of beside %i others', (failed, checked, outage) => {
  expect(isOutage(failed, checked)).toBe(outage);
});
