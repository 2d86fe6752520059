import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { httpFile } from './http-file.ts';

const content = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/cards.parquet`;
}

const ranged =
  (whole: Buffer): RequestListener =>
  (request, response) => {
    const [, from = '0', to = ''] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    const part = whole.subarray(Number(from), Number(to) + 1);
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${whole.length}` }).end(part);
  };

test('a range is fetched and nothing else', async () => {
  const file = httpFile(await served(ranged(content)), content.length);
  expect(Buffer.from(await file.slice(100, 200))).toEqual(content.subarray(100, 200));
  expect(Buffer.from(await file.slice(990))).toEqual(content.subarray(990));
});

test('a server that gives only the whole of a small file is good enough', async () => {
  let asked = 0;
  const address = await served((_, response) => {
    asked += 1;
    response.end(content);
  });
  const file = httpFile(address, content.length);
  expect(Buffer.from(await file.slice(10, 20))).toEqual(content.subarray(10, 20));
  expect(Buffer.from(await file.slice(990))).toEqual(content.subarray(990));
  expect(asked).toBe(1);
});

test('of a large file the whole is not fetched for a part: the server is told to be without ranges', async () => {
  let sent = 0;
  const address = await served((_, response) => {
    response.on('drain', () => response.write(Buffer.alloc(1 << 20)));
    response.write(Buffer.alloc(1 << 20));
    sent += 1;
  });
  await expect(httpFile(address, 50_000_000).slice(10, 20)).rejects.toThrow(/does not give parts of a file/);
  expect(sent).toBe(1);
});

test.each<[string, RequestListener, RegExp]>([
  ['is not there', (_, response) => void response.writeHead(404).end(), /replaced by a newer one/],
  ['is away for a moment', (_, response) => void response.writeHead(503).end(), /answered 503/],
  ['is shorter than it should be', ranged(content.subarray(0, 150)), /cut off, or does not fit/],
  ['has no such range', (_, response) => void response.writeHead(416).end(), /cut off/],
  ['breaks off', (request) => void request.socket.destroy(), /could not be fetched/],
  ['gives other bytes whole', (_, response) => void response.end('<!doctype html>'), /cut off/],
])('a file that %s is a sentence', async (_, listener, sentence) => {
  await expect(httpFile(await served(listener), content.length).slice(100, 200)).rejects.toThrow(sentence);
});

test('nobody there is a sentence', async () => {
  await expect(httpFile('http://127.0.0.1:1/x', 100).slice(0, 10)).rejects.toThrow(/could not be fetched/);
});
