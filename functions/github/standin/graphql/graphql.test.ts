import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import { standinAccountId, standinGistId, standinNodeId } from '../ids.ts';
import { asApp, runningStandin, temporaryGists } from '../testing.ts';

const nodeId = (login: string, name: string) => standinNodeId(login, standinGistId(login, name));
const fields = `... on Gist {
  id name description isPublic isFork createdAt updatedAt pushedAt url
  owner { login ... on User { databaseId } }
  files(limit: 5) { name size language { name } text(truncate: 2) }
}`;

async function served(files: Record<string, string>, faults: string[] = []) {
  const gists = temporaryGists(files);
  const { standin, getJson } = await runningStandin(gists.dir, { faults });
  const ask = async (query: string, variables: object = {}, headers: Record<string, string> = asApp) => {
    const body = JSON.stringify({ query, variables });
    const answer = await fetch(`${standin.origin}/graphql`, { method: 'POST', headers, body });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return { ...gists, standin, getJson, ask };
}

it('answers nodes in order, in several aliased blocks, with the node id of REST', async () => {
  const { ask, getJson } = await served({
    'ada/first/a.json': '{}',
    'bo/fork/b.txt': 'b',
    'bo/fork/.gist.json': '{"fork_of": "ada/first", "public": false}',
  });
  const rest = await getJson(`/gists/${standinGistId('ada', 'first')}`);
  const query = `query($a: [ID!]!, $b: [ID!]!) {
    a: nodes(ids: $a) { ${fields} } b: nodes(ids: $b) { ${fields} } rateLimit { cost remaining }
  }`;
  const { status, body } = await ask(query, { a: [rest.node_id], b: [nodeId('bo', 'fork')] });
  expect(status).toBe(200);
  expect(body.errors).toBeUndefined();
  expect(body.data.rateLimit).toEqual({ cost: 1, remaining: 5000 });
  expect(body.data.a).toEqual([
    {
      id: rest.node_id,
      name: rest.id,
      description: null,
      isPublic: true,
      isFork: false,
      createdAt: rest.created_at,
      updatedAt: rest.updated_at,
      pushedAt: rest.history[0].committed_at,
      url: rest.html_url,
      owner: { login: 'ada', databaseId: standinAccountId('ada') },
      files: [{ name: 'a.json', size: 2, language: { name: 'JSON' }, text: '{}' }],
    },
  ]);
  expect(body.data.b[0]).toMatchObject({ isPublic: false, isFork: true });
});

it('moves pushedAt with every edit, two within a second included', async () => {
  const { ask, write } = await served({ 'ada/first/a.txt': 'a' });
  const query = `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Gist { pushedAt } } }`;
  const seen = new Set<string>();
  for (const content of ['b', 'c', 'd']) {
    write('ada/first/a.txt', content);
    seen.add((await ask(query, { ids: [nodeId('ada', 'first')] })).body.data.nodes[0].pushedAt);
  }
  expect(seen.size).toBe(3);
});

it('gives null and NOT_FOUND for what it does not know, and the rest all the same', async () => {
  const { standin } = await served({ 'ada/first/a.txt': 'a' });
  const octokit = new Octokit({ baseUrl: standin.origin, auth: 'some-token' });
  const ids = [nodeId('ada', 'gone'), nodeId('ada', 'first'), 'nonsense'];
  const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  await expect(octokit.graphql(query, { ids })).rejects.toMatchObject({
    data: { nodes: [null, { id: ids[1] }, null] },
    errors: [
      { type: 'NOT_FOUND', path: ['nodes', 0] },
      { type: 'NOT_FOUND', path: ['nodes', 2] },
    ],
  });
});

it('takes 100 ids and no more', async () => {
  const { ask } = await served({ 'ada/first/a.txt': 'a' });
  const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const some = (count: number) => ({ ids: Array(count).fill(nodeId('ada', 'first')) });
  expect((await ask(query, some(100))).body.data.nodes).toHaveLength(100);
  const { status, body } = await ask(query, some(101));
  expect(status).toBe(200);
  expect(body.data).toBeNull();
  expect(body.errors).toMatchObject([
    { type: 'ARGUMENT_LIMIT', message: expect.stringContaining('100 node ids') },
  ]);
});

it('refuses callers without a credential, bodies that are no query, and fields GitHub does not have', async () => {
  const { standin, ask } = await served({ 'ada/first/a.txt': 'a' });
  expect((await ask('{ rateLimit { cost } }', {}, {})).status).toBe(401);
  const bad = await fetch(`${standin.origin}/graphql`, { method: 'POST', headers: asApp, body: '{' });
  expect(bad.status).toBe(400);
  const { status, body } = await ask(`{ nodes(ids: ["x"]) { ... on Gist { headOid } } }`);
  expect(status).toBe(200);
  expect(body.errors[0].message).toContain('headOid');
});

it('counts points apart from REST', async () => {
  const { ask, getJson } = await served({ 'ada/first/a.txt': 'a' });
  const { headers } = await ask('{ rateLimit { used } }');
  expect(headers.get('x-ratelimit-resource')).toBe('graphql');
  expect(await getJson('/rate_limit')).toMatchObject({
    resources: { core: { used: 0 }, graphql: { used: 1 } },
  });
});

it('says over GraphQL that the limit is reached with status 200', async () => {
  const { ask } = await served({ 'ada/first/a.txt': 'a' }, ['rate_limit']);
  const { status, headers, body } = await ask('{ rateLimit { used } }');
  expect(status).toBe(200);
  expect(headers.get('x-ratelimit-remaining')).toBe('0');
  expect(body.errors).toMatchObject([{ type: 'RATE_LIMITED' }]);
});

it('leaves out every other node under graphql_partial', async () => {
  const { ask } = await served({ 'ada/first/a.txt': 'a' }, ['graphql_partial']);
  const ids = Array(4).fill(nodeId('ada', 'first'));
  const { body } = await ask('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect(body.data.nodes.map((node: object | null) => node !== null)).toEqual([true, false, true, false]);
  expect(body.errors.map((error: { path: unknown }) => error.path)).toEqual([
    ['nodes', 1],
    ['nodes', 3],
  ]);
});

it('says nothing of a blocked gist but that it may not', async () => {
  const { ask } = await served({ 'ada/first/.gist.json': '{"blocked": "dmca"}' });
  const { body } = await ask(`{ nodes(ids: ["${nodeId('ada', 'first')}"]) { id } }`);
  expect(body).toMatchObject({ data: { nodes: [null] }, errors: [{ type: 'FORBIDDEN' }] });
});
