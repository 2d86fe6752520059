import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createBudget } from './budget.ts';
import { createTokenReader } from './client.ts';
import { readGistNodes } from './gist-nodes.ts';

const ids = ['G_1', 'G_2'];
const node = (id: string) => ({
  id,
  pushedAt: '2026-01-01T00:00:00Z',
  isPublic: true,
  isFork: false,
  owner: { login: 'ada', databaseId: 7 },
});

/** Reads two nodes from a GitHub that answers so. */
async function readFrom(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) {
  const server = createServer((_, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const budget = createBudget({ reserve: 0, now: Date.now });
  const reader = createTokenReader({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    token: 'of-nobody',
    log: () => undefined,
    timeoutMs: 60_000,
    budget,
  });
  return { reading: await readGistNodes(reader, ids), budget };
}

test('nodes are read in the order asked for', async () => {
  const { reading } = await readFrom({ data: { nodes: [node('G_1'), node('G_2')] } });
  const read = {
    kind: 'gist',
    pushedAt: new Date('2026-01-01T00:00:00Z'),
    public: true,
    fork: false,
    owner: { id: '7', login: 'ada' },
  };
  expect(reading).toEqual({ kind: 'nodes', nodes: [read, read] });
});

const errorAt = (place: number, type: string) => ({ type, path: ['nodes', place], message: 'words' });

test.each([
  ['NOT_FOUND in its place', [errorAt(0, 'NOT_FOUND')], 'hidden'],
  ['FORBIDDEN in its place', [errorAt(0, 'FORBIDDEN')], 'hidden'],
  ['another error in its place', [errorAt(0, 'INTERNAL')], 'unknown'],
  ['NOT_FOUND in another place', [errorAt(1, 'NOT_FOUND')], 'unknown'],
  ['NOT_FOUND in no place', [{ type: 'NOT_FOUND', message: 'words' }], 'unknown'],
  ['no error', undefined, 'unknown'],
])('null with %s', async (_, errors, kind) => {
  const { reading } = await readFrom({ data: { nodes: [null, node('G_2')] }, errors });
  expect(reading).toMatchObject({ kind: 'nodes', nodes: [{ kind }, { kind: 'gist' }] });
});

test('a node of another kind, or with half of its fields, is unknown', async () => {
  const { isPublic: _, ...half } = node('G_2');
  const { reading } = await readFrom({ data: { nodes: [{ id: 'G_1' }, half] } });
  expect(reading).toEqual({ kind: 'nodes', nodes: [{ kind: 'unknown' }, { kind: 'unknown' }] });
});

test('an owner without a number is none', async () => {
  const odd = { ...node('G_1'), owner: { login: 'ada', databaseId: null } };
  const { reading } = await readFrom({ data: { nodes: [odd, { ...node('G_2'), owner: null }] } });
  expect(reading).toMatchObject({ nodes: [{ owner: null }, { owner: null }] });
});

test.each([
  ['other nodes', { data: { nodes: [node('G_2'), node('G_1')] } }],
  ['fewer nodes', { data: { nodes: [node('G_1')] } }],
  ['more nodes', { data: { nodes: [node('G_1'), node('G_2'), null] } }],
  ['no nodes', { data: null, errors: [{ type: 'ARGUMENT_LIMIT', message: 'words' }] }],
  ['nothing', ''],
  ['a page', '<!doctype html>'],
  ['an empty object', {}],
])('%s instead is nothing known', async (_, body) => {
  expect((await readFrom(body)).reading).toMatchObject({ kind: 'unavailable', retryAfter: 60 });
});

test.each([
  [200, { errors: [{ type: 'RATE_LIMITED', message: 'words' }] }, {}, 60],
  [403, { message: 'secondary' }, { 'retry-after': '7' }, 7],
  [429, { message: 'too many' }, {}, 60],
])('a limit with status %i says when to come back', async (status, body, headers, retryAfter) => {
  expect((await readFrom(body, { status, headers })).reading).toEqual({ kind: 'rate_limited', retryAfter });
});

test.each([
  [401, { message: 'Bad credentials' }, 'unknown'],
  [403, { message: 'Resource not accessible by integration' }, 'installation'],
  [
    200,
    { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
    'installation',
  ],
])('credentials refused with status %i are told apart', async (status, body, refused) => {
  expect((await readFrom(body, { status })).reading).toMatchObject({ kind: 'unavailable', refused });
});

test('what an answer says of the budget is remembered, and nothing is asked once it is spent', async () => {
  const reset = String(Math.ceil(Date.now() / 1000) + 600);
  const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  const { reading, budget } = await readFrom({ data: { nodes: [node('G_1'), node('G_2')] } }, { headers });
  expect(reading.kind).toBe('nodes');
  expect(budget.calls).toBe(1);
  expect(budget.left()).toEqual({ graphql: 0 });
  expect(budget.spentFor('graphql')).toBeGreaterThan(590);
  expect(budget.spentFor('core')).toBeNull();
});

test('a share of REST is kept for others, but for what decides', async () => {
  const now = 1_000_000;
  const budget = createBudget({ reserve: 0.2, now: () => now });
  const heard = (remaining: number) =>
    budget.heard(
      'core',
      new Headers({
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': String(now / 1000 + 60),
      }),
    );
  heard(1001);
  expect(budget.spentFor('core')).toBeNull();
  heard(1000);
  expect(budget.spentFor('core')).toBe(60);
  expect(await budget.fromReserve(async () => budget.spentFor('core'))).toBeNull();
  expect(budget.spentFor('core')).toBe(60);
});
