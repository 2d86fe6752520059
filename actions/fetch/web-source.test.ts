import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { sourceOf } from './source.ts';

/** Serves what `answer` writes to each connection. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => answer(socket));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
  return `http://127.0.0.1:${address.port}`;
}

async function lengthOf(body: AsyncIterable<Uint8Array> | null): Promise<number> {
  let length = 0;
  for await (const piece of body ?? []) length += piece.length;
  return length;
}

test('a server that closes while what it sent is not yet read takes nothing away', async () => {
  const body = Buffer.alloc(65_536, 'a');
  let closed = Promise.resolve();
  const place = await serve((socket) => {
    closed = new Promise((resolve) => socket.once('finish', resolve));
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`);
    socket.end(body);
  });
  const read = await sourceOf(place).read('x', 0);
  await closed;
  // What was sent arrives, and so does the end.
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  expect(await lengthOf(read)).toBe(body.length);
});

test('a server that closes before the end that it promised: a sentence', async () => {
  const place = await serve((socket) =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this'),
  );
  const read = await sourceOf(place).read('x', 0);
  await expect(lengthOf(read)).rejects.toThrow(
    /does not answer \(aborted\)\. Check the address and the network/,
  );
});

test('a server that speaks something else: a sentence', async () => {
  const place = await serve((socket) => socket.end('220 ready\r\n'));
  await expect(sourceOf(place).read('x', 0)).rejects.toThrow(/does not answer \(Parse Error/);
});

test('a server that never ends its headers: a sentence', async () => {
  const place = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const more = () => {
      while (socket.write(`x-more: ${'x'.repeat(1000)}\r\n`));
    };
    socket.on('drain', more);
    more();
  });
  await expect(sourceOf(place).read('x', 0)).rejects.toThrow(
    /does not answer \(Parse Error: Header overflow\)/,
  );
});

test('a server that knows no ranges is read past what is here', async () => {
  const place = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabcde'));
  expect(await lengthOf(await sourceOf(place).read('x', 3))).toBe(2);
});
