import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guard } from './guard.ts';

/** Answers 200 and the path the next handler would see, where the guard lets a request through. */
const server = createServer((request, response) => {
  if (!guard(request, response)) response.end(request.url);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

/** Sends a request line as it is: fetch would tidy it up. */
async function ask(method: string, target: string): Promise<{ status: number; text: string }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`${method} ${target} HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return { status: Number(text.split(' ')[1]), text };
}

test.each([
  ['GET', '/'],
  ['HEAD', '/sessions'],
  ['GET', '/api/me'],
  ['POST', '/api/submissions'],
  ['DELETE', '/api/submissions'],
])('%s %s goes on', async (method, target) => {
  expect((await ask(method, target)).status).toBe(200);
});

test.each([
  ['TRACE', '/api/me'],
  ['TRACE', '/'],
  ['POST', '/'],
  ['PUT', '/urls.txt'],
  ['OPTIONS', '/sessions'],
  ['OPTIONS', '/api/v1/sessions/x.json'],
])('%s %s is not allowed', async (method, target) => {
  const { status, text } = await ask(method, target);
  expect(status).toBe(405);
  expect(text).toContain('"code":"method_not_allowed"');
  expect(text.toLowerCase()).toContain('\r\nallow: get');
});

test.each([['/api/%'], ['/api/me%ff'], ['/sessions/%E0%A4%A']])('%s is a bad request', async (target) => {
  const { status, text } = await ask('GET', target);
  expect(status).toBe(400);
  expect(text).toContain('"code":"bad_request"');
});

test.each([['//sessions/'], ['///evil.example/%2e%2e/sessions/'], ['/\\evil.example/']])(
  'no redirect can be built on %s',
  async (target) => {
    const path = (await ask('GET', target)).text.split('\r\n\r\n')[1];
    expect(path).toMatch(/^\/[^/\\]/);
  },
);
