import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openRepository } from './release-repository.ts';
import { createDraft, listReleases, type Release, readAsset, uploadAsset } from './releases.ts';

/** A host that answers so, told of each request's headers; it ends with the test. */
async function host(answer: RequestListener) {
  const asked: { method: string; url: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, authorization: headers.authorization });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const repositoryAt = (apiUrl: string, silenceMs = 60_000) =>
  openRepository({ addresses: { apiUrl }, repository: 'ada/index', token: 'the-token', silenceMs });

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

const draft = (uploadUrl: string): Release => ({
  ...{ id: 1, tag: 'v1', draft: true, immutable: false, url: 'https://github.com/ada/index', uploadUrl },
});
const content = {
  ...{ name: 'a.txt', contentType: 'text/plain', bytes: 6 },
  async *open() {
    yield Buffer.from('abc');
    yield Buffer.from('def');
  },
};
const watch = () => ({ onBytes: () => undefined, signal: new AbortController().signal });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('a file is sent as it is read, its length said before, and told of as it goes', async () => {
  let got = {};
  const { origin } = await host(async (request, response) => {
    const { 'content-length': length, 'content-type': type, 'transfer-encoding': encoding } = request.headers;
    got = { url: request.url, length, type, encoding, body: await bodyOf(request) };
    json({ id: 7, name: 'a.txt', size: 6, state: 'uploaded', digest: `sha256:${'a'.repeat(64)}` }, 201)(
      request,
      response,
    );
  });
  const sent: number[] = [];
  const release = draft(`${origin}/repos/ada/index/releases/1/assets{?name,label}`);
  const { signal } = watch();
  const onBytes = (bytes: number) => sent.push(bytes);
  const answer = await uploadAsset(repositoryAt(origin), release, content, { onBytes, signal });
  const value = { id: 7, name: 'a.txt', bytes: 6, uploaded: true, sha256: 'a'.repeat(64) };
  expect(answer).toEqual({ kind: 'ok', value });
  expect(got).toEqual({
    ...{ url: '/repos/ada/index/releases/1/assets?name=a.txt', length: '6', type: 'text/plain' },
    ...{ encoding: undefined, body: 'abcdef' },
  });
  expect(sent).toEqual([3, 3]);
});

test('the token goes to no upload address but GitHub’s', async () => {
  const { origin, asked } = await host(json({}));
  const elsewhere = draft(`${origin}/repos/ada/index/releases/1/assets{?name,label}`);
  for (const apiUrl of [
    'https://api.github.com',
    'http://127.0.0.1:1',
    origin.replace('127.0.0.1', 'localhost'),
  ]) {
    expect(await uploadAsset(repositoryAt(apiUrl), elsewhere, content, watch())).toMatchObject({
      kind: 'unavailable',
      why: 'an upload address that is not GitHub’s',
    });
  }
  expect(asked).toEqual([]);
});

test('no more of a file is in memory than is on its way', async () => {
  let received = 0;
  const { origin } = await host(async (request, response) => {
    for await (const piece of request) received += piece.length;
    json({ id: 7, name: 'a.txt', size: 1, state: 'uploaded' }, 201)(request, response);
  });
  const megabyte = 1_000_000;
  let most = 0;
  const large = {
    ...content,
    bytes: 300 * megabyte,
    async *open() {
      for (let sent = 1; sent <= 300; sent += 1) {
        yield Buffer.alloc(megabyte);
        most = Math.max(most, sent * megabyte - received);
      }
    },
  };
  const answer = await uploadAsset(repositoryAt(origin), draft(`${origin}/upload`), large, watch());
  expect(answer.kind).toBe('ok');
  expect(received).toBe(300 * megabyte);
  expect(most).toBeLessThan(50 * megabyte);
});

test('a host that takes nothing of a file any more is given up', async () => {
  const { origin } = await host(() => {});
  const answer = await uploadAsset(repositoryAt(origin, 50), draft(`${origin}/upload`), content, watch());
  expect(answer).toMatchObject({ kind: 'unavailable' });
});

test('an upload ends with its signal', async () => {
  const { origin } = await host(() => {});
  const stop = new AbortController();
  const stopped = uploadAsset(repositoryAt(origin), draft(`${origin}/upload`), content, {
    onBytes: () => stop.abort(new Error('stopped')),
    signal: stop.signal,
  });
  await expect(stopped).rejects.toThrow('stopped');
});

test('an asset’s bytes come from where GitHub sends on to, which does not get the token', async () => {
  const store = await host((_, response) => response.end('abc'));
  const api = await host((_, response) => response.writeHead(302, { location: `${store.origin}/a` }).end());
  const asset = { id: 7, name: 'a.txt', bytes: 3, uploaded: true, sha256: null };
  const answer = await readAsset(repositoryAt(api.origin), asset, new AbortController().signal);
  if (answer.kind !== 'ok') throw new Error(answer.kind);
  const pieces = [];
  for await (const piece of answer.value) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('abc');
  expect(api.asked).toMatchObject([{ authorization: 'token the-token' }]);
  expect(store.asked).toEqual([{ method: 'GET', url: '/a', authorization: undefined }]);
});

const refusals: [number, object, object][] = [
  [301, {}, { kind: 'refused', why: 'moved' }],
  [307, {}, { kind: 'refused', why: 'moved' }],
  [401, { message: 'Bad credentials' }, { kind: 'refused', why: 'credentials', says: 'Bad credentials' }],
  [
    403,
    { message: 'Resource not accessible\nby integration' },
    { why: 'permission', says: 'Resource not accessible by integration' },
  ],
  [404, { message: 'Not Found' }, { kind: 'missing' }],
  [
    422,
    { message: 'Validation Failed', errors: [{ code: 'already_exists' }] },
    { why: 'taken', says: 'Validation Failed: already_exists' },
  ],
  [
    422,
    { errors: [{ code: 'custom', message: 'tag_name was used by an immutable release' }] },
    { why: 'tag_used' },
  ],
  [422, { message: 'Cannot upload assets to an immutable release.' }, { why: 'immutable' }],
  [422, { message: 'x'.repeat(1000), errors: 'none' }, { kind: 'refused', why: 'other', says: '' }],
  [400, { message: 'Bad Content-Length: ' }, { why: 'other', says: 'Bad Content-Length:' }],
  [429, {}, { kind: 'rate_limited', retryAfter: 60 }],
  [500, {}, { kind: 'unavailable', why: 'status 500' }],
];
test.each(refusals)('%i with %j', async (status, body, expected) => {
  const { origin, asked } = await host(json(body, status, { location: 'http://127.0.0.1:1/' }));
  const answer = await createDraft(repositoryAt(origin), 'v1', { name: 'One', notes: '' });
  expect(answer).toMatchObject(expected);
  expect(asked).toHaveLength(1);
});

test('a list that never ends is given up, as is an answer that is too large', async () => {
  const release = { id: 1, tag_name: 'v1', draft: false, html_url: 'https://github.com/', upload_url: '' };
  const endless = await host(json(Array.from({ length: 100 }, () => release)));
  expect(await listReleases(repositoryAt(endless.origin))).toMatchObject({ kind: 'unavailable' });
  expect(endless.asked).toHaveLength(100);

  const large = await host((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const pour = () => {
      while (response.write(' '.repeat(1_000_000)));
    };
    response.on('drain', pour);
    pour();
  });
  expect(await listReleases(repositoryAt(large.origin))).toMatchObject({ kind: 'unavailable' });
});
