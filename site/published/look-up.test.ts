import { expect, test } from 'vitest';
import type { Card } from '../browse/card.ts';
import { contributorPage } from './contributor.ts';
import { exampleRow } from './example-rows.ts';
import { lookUpGist, lookUpLogin } from './look-up.ts';

const gist = '0'.repeat(32);
const cardCalled = (gist_owner_login: string, gist_id: string): Card => ({
  ...exampleRow({ gist_owner_login, gist_id }),
  file_count: 1,
});
const cards = Array.from({ length: 101 }, (_, n) => cardCalled(n === 0 ? 'ada-l' : 'ada', String(n)));

/** A listing in which the account 7 has 101 sessions, the newest of them under another login. */
const listing = {
  cardsWith: async (facet: string, value: string, from: number, count: number) => {
    const all: readonly Card[] = facet === 'contributor' && value === '7' ? cards : [];
    return { cards: all.slice(from, from + count), total: all.length };
  },
  ownersCalled: async (login: string) =>
    login === 'ada'
      ? [{ id: '7', login: 'ada', sessions: 101 }]
      : Array.from({ length: 9 }, (_, n) => ({ id: `9${n}`, login, sessions: n + 1 })),
  row: async (id: string) => (id === gist ? exampleRow({ gist_id: gist }) : null),
};

test('an account is found by a login it had, with the newest of its sessions', async () => {
  const { login, owners, more } = await lookUpLogin(listing, '@ada');
  expect({ login, more }).toEqual({ login: 'ada', more: 0 });
  expect(owners).toEqual([{ id: '7', login: 'ada-l', sessions: 101, newest: cards.slice(0, 10) }]);
});

test('a login that many had shows a few of them, and says how many more', async () => {
  const { owners, more } = await lookUpLogin(listing, 'handed-on');
  expect(owners.map(({ id }) => id)).toEqual(['98', '97', '96', '95']);
  expect(more).toBe(5);
});

test('what is no login is not looked for', async () => {
  expect(await lookUpLogin(listing, '<b>')).toEqual({ login: null, owners: [], more: 0 });
});

test('a listed gist is found by its address', async () => {
  const found = await lookUpGist(listing, `https://gist.github.com/ada/${gist}#file-a-md`);
  expect(found).toEqual({ gistId: gist, listed: exampleRow({ gist_id: gist }) });
  expect(await lookUpGist(listing, 'nonsense')).toEqual({ gistId: null });
});

test('a contributor goes by the newest login on every page', async () => {
  for (const [number, first, last] of [
    [1, 1, 50],
    [3, 101, 101],
  ] as const) {
    const page = { number, count: 3, total: 101, first, last };
    expect(await contributorPage(listing, '7', number)).toEqual({
      id: '7',
      login: 'ada-l',
      page,
      cards: cards.slice(first - 1, last),
    });
  }
});

test('where a contributor has no such page it is told how many sessions there are', async () => {
  expect(await contributorPage(listing, '7', 4)).toEqual({ total: 101 });
  expect(await contributorPage(listing, '7', null)).toEqual({ total: 101 });
  expect(await contributorPage(listing, '8', 1)).toEqual({ total: 0 });
  expect(await contributorPage(listing, '7 or 1=1', 1)).toEqual({ total: 0 });
});
