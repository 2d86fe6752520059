import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { failureSentence } from './failure-sentence.ts';
import { listen } from './listen.ts';
import { freePort } from './testing.ts';

async function sentenceAt(port: number, host: string): Promise<string | null> {
  const server = createServer();
  try {
    await listen(server, port, host);
  } catch (error) {
    return failureSentence(error);
  }
  server.close();
  throw new Error('It listens.');
}

test('a taken port: the sentence names it and its host', async () => {
  const port = Number(await freePort());
  const taken = createServer();
  await listen(taken, port, '127.0.0.1');
  expect(await sentenceAt(port, '127.0.0.1')).toBe(
    `Port ${port} of 127.0.0.1 is taken. Stop what uses it, or choose another with --port.`,
  );
  taken.close();
});

test.each([
  ['an address of another machine', '192.0.2.1'],
  ['a name that cannot be looked up', 'x'.repeat(64)],
])('%s is not taken for a database that does not answer', async (_, host) => {
  expect(await sentenceAt(4321, host)).toBe(
    `${host} is no address of this machine, so nothing can listen on its port 4321. Correct the host.`,
  );
});
