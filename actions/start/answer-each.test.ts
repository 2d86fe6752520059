import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { Answered } from '#runtime/answered.ts';
import { currentAsked } from '#runtime/asked.ts';
import { ofRequests } from '#runtime/log.ts';
import { accessLog } from './access-log.ts';
import { answerEach } from './answer-each.ts';
import { createProxies } from './client-address.ts';
import { answerMalformed } from './malformed.ts';
import { createSiteServer } from './server.ts';
import { withHeaders } from './with-headers.ts';

let close = async (): Promise<void> => undefined;
afterEach(() => close());

const given = '0192f3c4-7d2e-4b1a-8c3d-5e6f7a8b9c0d';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A server of the site that answers with `handler`, and what it tells of. */
async function serve(handler: RequestListener, trusted: readonly string[] = []) {
  const lines: string[] = [];
  const log = pino({ ...ofRequests }, { write: (line) => void lines.push(line) });
  const told: Answered[] = [];
  let heard = (): void => undefined;
  const hear = (answered: Answered) => {
    told.push(answered);
    heard();
  };
  const hearers = [accessLog(log), hear];
  const headers = { 'x-content-type-options': 'nosniff' };
  const answer = answerEach(withHeaders(handler, headers), createProxies(trusted), hearers);
  const server = createSiteServer(answer, () => false);
  answerMalformed(server, headers, hearers);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const { port } = server.address() as AddressInfo;
  const until = async (count: number) => {
    while (told.length < count)
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
  };
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { ask, port, log, lines, told, until };
}

test('each answer has an id of its own, which the lines of its request name', async () => {
  const site = await serve((_, response) => {
    site.log.info('while it is answered');
    response.end(currentAsked()?.requestId);
  });
  const answers = await Promise.all([site.ask('/'), site.ask('/')]);
  const ids = answers.map(({ headers }) => headers.get('x-request-id') ?? '');
  expect(ids).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
  expect(new Set(ids).size).toBe(2);
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(ids);
  await site.until(2);
  const lines = site.lines.map((line) => JSON.parse(line));
  for (const id of ids) {
    const own = lines.filter(({ request_id }) => request_id === id).map(({ msg }) => msg);
    expect(own).toEqual(['while it is answered', 'answered']);
  }
});

test.each([
  ['a trusted proxy gives', ['127.0.0.1'], given, true],
  ['a trusted proxy gives that is none', ['127.0.0.1'], 'x" , "level":"fatal', false],
  ['somebody else gives', [], given, false],
])('the id that %s', async (_, trusted, id, taken) => {
  const site = await serve((_request, response) => void response.end(), trusted);
  const answer = await site.ask('/', { headers: { 'x-request-id': id } });
  const named = answer.headers.get('x-request-id');
  expect(named).toMatch(uuid);
  expect(named === given).toBe(taken);
});

test('a line tells the route, never the address as it was asked, nor whose it was', async () => {
  const site = await serve(
    (request, response) => {
      const asked = currentAsked();
      if (asked && request.url?.startsWith('/api')) asked.route = '/api/submissions/{gist_id}/withdraw';
      response.setHeader('content-type', request.url === '/page' ? 'text/html; charset=utf-8' : 'text/css');
      response.end('x');
    },
    ['127.0.0.1'],
  );
  const headers = { 'x-forwarded-for': '198.51.100.7', cookie: 'oas_session=hidden' };
  const paths = ['/api/submissions/hidden/withdraw?token=hidden', '/page', '/_astro/hidden.css', '/%'];
  for (const path of paths) await (await site.ask(path, { headers })).text();
  await site.until(4);
  expect(site.lines.map((line) => JSON.parse(line))).toMatchObject([
    { method: 'GET', route: '/api/submissions/{gist_id}/withdraw', status: 200, ms: expect.any(Number) },
    { route: 'page', status: 200 },
    { route: 'file', status: 200 },
    { route: 'file', status: 400 },
  ]);
  expect(site.lines.join()).not.toMatch(/198\.51|hidden/);
});

test('what the site refuses itself has the headers and the id, too', async () => {
  const site = await serve((_, response) => void response.end());
  const answer = await site.ask('/', { method: 'PUT' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await answer.json()).request_id).toBe(answer.headers.get('x-request-id'));
});

test('an answer nobody waited for is told of as such', async () => {
  const site = await serve(() => socket.destroy());
  const socket = connect(site.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: site.test\r\n\r\n');
  await site.until(1);
  expect(site.told).toMatchObject([{ method: 'GET', status: 499 }]);
});

test('health that is well is no line', async () => {
  const site = await serve((request, response) => {
    const asked = currentAsked();
    if (asked) asked.route = '/api/health';
    response.writeHead(request.url === '/well' ? 200 : 503).end();
  });
  await site.ask('/well');
  await site.ask('/ill');
  await site.until(2);
  expect(site.lines.map((line) => JSON.parse(line).status)).toEqual([503]);
});

test.each([
  ['what is no HTTP', 'nonsense\r\n\r\n', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(20_000)}`, 431],
])('%s is answered with the headers of the site, and told of', async (_, text, status) => {
  const site = await serve((_request, response) => void response.end());
  const socket = connect(site.port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain('x-content-type-options: nosniff');
  const [{ requestId = '' } = {}] = site.told;
  expect(answer).toContain(`x-request-id: ${requestId}\r\n`);
  expect(site.told).toMatchObject([{ status, route: 'none' }]);
});
