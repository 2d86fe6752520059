import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createGitHub, type GitHub } from './client.ts';
import { RawInterrupted, readRawFile } from './raw-file.ts';

interface RawHost {
  origin: string;
  github: GitHub;
  /** Paths asked for. */
  asked: string[];
}

/** A raw host that answers so, and a client for it; both end with the test. */
async function rawHost(answer: RequestListener, timeoutMs = 60_000): Promise<RawHost> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const github = createGitHub({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp: { clientId: 'app', clientSecret: 'secret' },
    log: () => {},
    timeoutMs,
  });
  return { origin, github, asked };
}

const file = (rawUrl: string, bytes = 3) => ({ name: 'a', bytes, gitBlobSha: 'a'.repeat(40), rawUrl });

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Reads the file to its end, or throws what interrupts it. */
async function read({ github, origin }: RawHost, bytes?: number): Promise<string> {
  const reading = await readRawFile(github, file(`${origin}/raw/a`, bytes));
  if (reading.kind !== 'bytes') throw new Error(reading.kind);
  return textOf(reading.bytes);
}

test('a file’s bytes come as the host gives them', async () => {
  expect(await read(await rawHost((_, response) => response.end('abc')))).toBe('abc');
});

test('nothing that could name a person or the app is sent along', async () => {
  let sent: object = {};
  const host = await rawHost((request, response) => {
    sent = request.headers;
    response.end('abc');
  });
  await read(host);
  expect(sent).not.toHaveProperty('authorization');
  expect(sent).not.toHaveProperty('cookie');
});

test.each([
  ['another host', 'http://127.0.0.1:1/raw/a'],
  [
    'another name of the same machine',
    (origin: string) => `${origin.replace('127.0.0.1', 'localhost')}/raw/a`,
  ],
  ['another scheme', (origin: string) => `${origin.replace('http:', 'https:')}/raw/a`],
  ['a file of this machine', 'file:///etc/hostname'],
  ['no address', 'raw/a'],
])('%s is refused, and nothing is asked for', async (_, address) => {
  const host = await rawHost((_, response) => response.end('abc'));
  const rawUrl = typeof address === 'string' ? address : address(host.origin);
  const why = 'raw address on another host';
  expect(await readRawFile(host.github, file(rawUrl))).toEqual({ kind: 'unavailable', retryAfter: 60, why });
  expect(host.asked).toEqual([]);
});

test('an address with a password in it is refused', async () => {
  const host = await rawHost((_, response) => response.end('abc'));
  const reading = await readRawFile(host.github, file(`${host.origin.replace('//', '//ada:pw@')}/raw/a`));
  expect(reading).toMatchObject({ kind: 'unavailable' });
  expect(host.asked).toEqual([]);
});

test('a redirect is not followed, even to the same host', async () => {
  const host = await rawHost((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
  expect(await readRawFile(host.github, file(`${host.origin}/raw/a`))).toMatchObject({ kind: 'unavailable' });
  expect(host.asked).toEqual(['/raw/a']);
});

test.each([
  [404, {}, { kind: 'unavailable', retryAfter: 60, why: 'raw status 404' }],
  [403, {}, { kind: 'unavailable', retryAfter: 60, why: 'raw status 403' }],
  [500, {}, { kind: 'unavailable', retryAfter: 60, why: 'raw status 500' }],
  [503, { 'retry-after': '5' }, { kind: 'unavailable', retryAfter: 60, why: 'raw status 503' }],
  [204, {}, { kind: 'unavailable', retryAfter: 60, why: 'raw status 204' }],
  [429, { 'retry-after': '7' }, { kind: 'rate_limited', retryAfter: 7 }],
  [429, { 'retry-after': '1.5' }, { kind: 'rate_limited', retryAfter: 2 }],
  [429, { 'retry-after': '999999' }, { kind: 'rate_limited', retryAfter: 3600 }],
  [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, { kind: 'rate_limited', retryAfter: 60 }],
  [429, { 'retry-after': '-3' }, { kind: 'rate_limited', retryAfter: 60 }],
  [429, {}, { kind: 'rate_limited', retryAfter: 60 }],
] as const)('status %i with %o', async (status, headers, failure) => {
  const host = await rawHost((_, response) => response.writeHead(status, headers).end());
  expect(await readRawFile(host.github, file(`${host.origin}/raw/a`))).toEqual(failure);
  expect(host.asked).toHaveLength(1);
});

test('a host that is not there is unavailable', async () => {
  const host = await rawHost((request) => request.socket.destroy());
  expect(await readRawFile(host.github, file(`${host.origin}/raw/a`))).toEqual({
    kind: 'unavailable',
    retryAfter: 60,
    why: 'TypeError',
  });
});

test('a host that never answers is given up', async () => {
  const host = await rawHost(() => {}, 50);
  expect(await readRawFile(host.github, file(`${host.origin}/raw/a`))).toEqual({
    kind: 'unavailable',
    retryAfter: 60,
    why: 'TimeoutError',
  });
});

test('a file that drips is interrupted at the time limit', async () => {
  const host = await rawHost((_, response) => {
    const drip = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(drip));
  }, 200);
  const error = await read(host, 1_000_000).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RawInterrupted);
  expect(error).toMatchObject({ message: 'TimeoutError' });
});

test('a file that ends in the middle is interrupted', async () => {
  const host = await rawHost((_, response) => {
    response.writeHead(200, { 'content-length': '3' });
    response.write('a', () => response.destroy());
  });
  await expect(read(host)).rejects.toBeInstanceOf(RawInterrupted);
});

test('no more bytes are taken than the gist says, however many come', async () => {
  let closed: Promise<unknown> | undefined;
  const host = await rawHost((_, response) => {
    const pour = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour);
    closed = once(response, 'close');
    pour();
  });
  const reading = await readRawFile(host.github, file(`${host.origin}/raw/a`, 100_000));
  if (reading.kind !== 'bytes') throw new Error(reading.kind);
  let taken = 0;
  const reader = async () => {
    for await (const chunk of reading.bytes) taken += chunk.byteLength;
  };
  await expect(reader()).rejects.toThrow('more bytes than the gist says');
  expect(taken).toBeLessThanOrEqual(100_000);
  await closed;
});

test('a small answer that unpacks to many bytes is stopped there too', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const host = await rawHost((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  );
  await expect(read(host, 100_000)).rejects.toThrow('more bytes than the gist says');
});

test('who stops reading ends the request', async () => {
  let closed: Promise<unknown> | undefined;
  const host = await rawHost((_, response) => {
    closed = once(response, 'close');
    response.write('abc');
  });
  const reading = await readRawFile(host.github, file(`${host.origin}/raw/a`, 100));
  if (reading.kind !== 'bytes') throw new Error(reading.kind);
  for await (const chunk of reading.bytes) {
    expect(Buffer.from(chunk).toString()).toBe('abc');
    break;
  }
  await closed;
});
