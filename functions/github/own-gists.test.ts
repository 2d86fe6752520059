import { expect, test } from 'vitest';
import { createGitHub } from './client.ts';
import { readOwnGists } from './own-gists.ts';
import { runningStandin, temporaryGists } from './standin/testing.ts';

async function account(files: Record<string, string>) {
  const { dir } = temporaryGists(files);
  const { standin, getJson } = await runningStandin(dir);
  const { origin } = standin;
  const logged: string[] = [];
  const github = createGitHub({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp: { clientId: 'app', clientSecret: 'secret' },
    log: (line) => logged.push(line),
    // The machine may be busy; what is tested is never how long it takes.
    timeoutMs: 60_000,
  });
  const { id } = await getJson('/users/ada');
  return { standin, github, logged, ada: { login: 'ada', githubId: String(id) } };
}

const described = (fields: object) => JSON.stringify(fields);
const two = {
  'ada/frogs/b.jsonl': 'nop',
  'ada/frogs/a.jsonl': 'abcd',
  'ada/frogs/.gist.json': described({ description: 'Frogs', updated_at: '2026-02-02T00:00:00Z' }),
  'ada/newts/a.md': 'x',
  'ada/newts/.gist.json': described({ updated_at: '2026-02-03T00:00:00Z' }),
};

test('public gists are listed, the latest first, with names and sizes and no content', async () => {
  const { github, ada } = await account({
    ...two,
    'ada/secret/a.md': 'x',
    'ada/secret/.gist.json': described({ public: false }),
    'bo/other/a.md': 'x',
  });
  const reading = await readOwnGists(github, ada, 1);
  expect(reading).toEqual({
    kind: 'gists',
    more: false,
    gists: [
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        url: expect.stringMatching(/^https:\/\/gist\.github\.com\/ada\//),
        description: null,
        files: [{ name: 'a.md', bytes: 1 }],
        updatedAt: '2026-02-03T00:00:00Z',
      },
      {
        id: expect.any(String),
        url: expect.any(String),
        description: 'Frogs',
        files: [
          { name: 'a.jsonl', bytes: 4 },
          { name: 'b.jsonl', bytes: 3 },
        ],
        updatedAt: '2026-02-02T00:00:00Z',
      },
    ],
  });
});

test('more than a page says so, and the next page goes on without a gap', async () => {
  const many = Object.fromEntries(Array.from({ length: 35 }, (_, i) => [`ada/gist-${i}/a.md`, 'x']));
  const { github, ada } = await account(many);
  const [first, second, third] = await Promise.all([1, 2, 3].map((page) => readOwnGists(github, ada, page)));
  if (first?.kind !== 'gists' || second?.kind !== 'gists') throw new Error('not listed');
  expect([first.gists.length, first.more, second.gists.length, second.more]).toEqual([30, true, 5, false]);
  expect(new Set([...first.gists, ...second.gists].map(({ id }) => id)).size).toBe(35);
  expect(third).toEqual({ kind: 'gists', gists: [], more: false });
});

test('gists of whoever has the login now are not one’s own', async () => {
  const { github, ada } = await account(two);
  const renamed = { ...ada, githubId: '4999999999' };
  expect(await readOwnGists(github, renamed, 1)).toEqual({ kind: 'gists', gists: [], more: false });
});

test('a login that is no more has no gists', async () => {
  const { github } = await account(two);
  const gone = { login: 'gone', githubId: '4999999999' };
  expect(await readOwnGists(github, gone, 1)).toEqual({ kind: 'gists', gists: [], more: false });
});

test('a file of any name counts', async () => {
  const { github, ada } = await account(JSON.parse('{"ada/odd/__proto__":"abc","ada/odd/a.md":"x"}'));
  const names = [
    { name: '__proto__', bytes: 3 },
    { name: 'a.md', bytes: 1 },
  ];
  expect(await readOwnGists(github, ada, 1)).toMatchObject({ gists: [{ files: names }] });
});

test.each([
  ['down', 'unavailable'],
  ['nonsense', 'unavailable'],
  ['empty', 'unavailable'],
  ['wrong_shape', 'unavailable'],
  ['bad_credentials', 'unavailable'],
  ['owner_null', 'gists'],
  ['rate_limit', 'rate_limited'],
  ['secondary_limit=9', 'rate_limited'],
])('%s reads as %s, and nothing is listed', async (fault, kind) => {
  const { standin, github, ada } = await account(two);
  standin.setFaults([fault]);
  const reading = await readOwnGists(github, ada, 1);
  expect(reading.kind).toBe(kind);
  expect(reading.kind === 'gists' ? reading.gists : []).toEqual([]);
});
