import { expect, test } from 'vitest';
import { createGitHub } from './client.ts';
import { readGist } from './gists.ts';
import { standinGistId } from './standin/ids.ts';
import { runningStandin, temporaryGists } from './standin/testing.ts';

const gistId = standinGistId('ada', 'parser');

async function github(files: Record<string, string | Buffer>, faults: string[] = []) {
  const { dir } = temporaryGists(files);
  const { standin } = await runningStandin(dir, { faults });
  const { origin } = standin;
  const client = createGitHub({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp: { clientId: 'app', clientSecret: 'secret' },
    log: () => {},
    // The machine may be busy; what is tested is never how long it takes.
    timeoutMs: 60_000,
  });
  return { client, asked: standin.requests };
}

const files = { 'ada/parser/b.jsonl': 'nop', 'ada/parser/a.jsonl': 'abc' };

test('a gist is read with its head revision, its owner’s id and its files’ git blobs, in one request', async () => {
  const { client, asked } = await github(files);
  const reading = await readGist(client, gistId);
  expect(reading).toMatchObject({
    kind: 'gist',
    gist: {
      id: gistId,
      public: true,
      forkOf: null,
      owner: { login: 'ada', id: expect.stringMatching(/^\d{10}$/) },
      revision: expect.stringMatching(/^[0-9a-f]{40}$/),
      files: [
        // `printf abc | git hash-object --stdin`
        { name: 'a.jsonl', bytes: 3, gitBlobSha: 'f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f' },
        { name: 'b.jsonl', bytes: 3 },
      ],
    },
  });
  expect(asked).toMatchObject([{ method: 'GET', authorization: 'basic', status: 200 }]);
});

test.each([
  ['down', 'unavailable', 2],
  ['bad_gateway', 'unavailable', 2],
  ['wrong_shape', 'unavailable', 1],
  ['bad_credentials', 'unavailable', 1],
  ['missing_all', 'missing', 1],
  ['rate_limit', 'rate_limited', 1],
  ['secondary_limit', 'rate_limited', 1],
  ['secondary_limit_429', 'rate_limited', 1],
])('%s reads as %s after %i request(s)', async (fault, kind, requests) => {
  const { client, asked } = await github(files, [fault]);
  expect((await readGist(client, gistId)).kind).toBe(kind);
  expect(asked).toHaveLength(requests);
});

test('an answer of many megabytes is not read to its end', async () => {
  const megabyte = Buffer.alloc(1024 * 1024 - 1, 'x');
  const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`ada/parser/${i}.jsonl`, megabyte]));
  const { client } = await github(many);
  expect(await readGist(client, gistId)).toEqual({ kind: 'too_large' });
});

test('what is whole and text comes along as text; what is cut off or not UTF-8 does not', async () => {
  const { client } = await github({
    'ada/parser/a.jsonl': 'Frösche',
    'ada/parser/b.jsonl': Buffer.from([0x66, 0xe9, 0x0a]),
    'ada/parser/c.jsonl': 'x'.repeat(1024 * 1024 + 1),
    'ada/parser/d.jsonl': '',
    'ada/parser/e.jsonl': 'x'.repeat(1024 * 1024),
  });
  const reading = await readGist(client, gistId);
  if (reading.kind !== 'gist') throw new Error(reading.kind);
  expect(reading.gist.files).toHaveLength(5);
  expect([...reading.inline.keys()]).toEqual(['a.jsonl', 'd.jsonl', 'e.jsonl']);
  expect(reading.inline.get('a.jsonl')).toBe('Frösche');
});

test('content is no part of the gist that is kept', async () => {
  const { client } = await github({ 'ada/parser/a.jsonl': 'marker-word' });
  const reading = await readGist(client, gistId);
  if (reading.kind !== 'gist') throw new Error(reading.kind);
  expect(JSON.stringify(reading.gist)).not.toContain('marker-word');
});
