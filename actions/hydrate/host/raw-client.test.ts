import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../copy/testing-rows.ts';
import { ownEnvironment } from '../../testing.ts';
import { copyOf, hydrate, outcomesOf, rowOf, statusOf } from '../testing.ts';

const content = 'content of a session\n';
const rows = ['a1', 'a2', 'a3', 'a4'].map((id) => rowOf(id, { 'a.txt': `${id} ${content}` }));
const contentFor = (request: string) => `${/\/ada\/(a\d)\//.exec(request)?.[1]} ${content}`;

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
  return address.port;
}

/** Answers each request by writing to the bare connection. */
async function bareHost(answer: (socket: Socket, content: string, request: string) => void) {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const request = bytes.toString('latin1');
      requests.push(request);
      answer(socket, contentFor(request), request);
    });
  });
  const port = await listening(server);
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { origin: `http://127.0.0.1:${port}`, requests, connections: () => connections };
}

const whole = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
const allOk = rows.map(({ gist_id }) => `${gist_id} ok`);

test.each<[string, (socket: Socket, text: string) => void, number]>([
  ['with its length', (socket, text) => void socket.write(whole(text)), 1],
  [
    'a byte at a time',
    (socket, text) => {
      socket.setNoDelay();
      for (const byte of whole(text)) socket.write(byte);
    },
    1,
  ],
  [
    'in chunks',
    (socket, text) => {
      const chunk = `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`);
    },
    1,
  ],
  ['until the connection ends', (socket, text) => void socket.end(`HTTP/1.1 200 OK\r\n\r\n${text}`), 4],
  ['by HTTP/1.0', (socket, text) => void socket.write(whole(text).replace('1.1', '1.0')), 4],
  ['after hints', (socket, text) => void socket.write(`HTTP/1.1 103 Hints\r\nx: y\r\n\r\n${whole(text)}`), 1],
  [
    'with bytes after it that nobody asked for',
    (socket, text) => void socket.write(`${whole(text)}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`),
    4,
  ],
])('a file that is sent %s comes', async (_, send, connections) => {
  const host = await bareHost(send);
  const copy = copyOf(rows);
  await hydrate(copy, host.origin, { concurrency: 1 });
  expect(outcomesOf(copy)).toEqual(allOk);
  expect(host.connections()).toBe(connections);
  expect(host.requests).toHaveLength(4);
  expect(host.requests[0]).toBe(
    `GET ${new URL(rows[0]?.files[0]?.raw_url ?? '').pathname} HTTP/1.1\r\nhost: ${new URL(host.origin).host}\r\nconnection: keep-alive\r\naccept-encoding: gzip\r\nuser-agent: openagentsessions\r\n\r\n`,
  );
});

test.each<[string, string]>([
  ['something that is no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n'],
  ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
])('a host that answers %s is given up', async (_, answer) => {
  const host = await bareHost((socket) => void socket.write(answer));
  const copy = copyOf(rows.slice(0, 1));
  await hydrate(copy, host.origin);
  expect(statusOf(copy)[0]).toMatchObject({ status: 'error', why: 'The connection broke.' });
});

test('a connection that the host closes between two files is no failure', async () => {
  const host = await bareHost((socket, text) => {
    socket.write(whole(text));
    setImmediate(() => socket.destroy());
  });
  const copy = copyOf(rows);
  await hydrate(copy, host.origin, { concurrency: 1 });
  expect(outcomesOf(copy)).toEqual(allOk);
});

test('a short answer that is no file leaves the connection as it is', async () => {
  const host = await bareHost(
    (socket) => void socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 14\r\n\r\n404: Not Found'),
  );
  const copy = copyOf(rows);
  await hydrate(copy, host.origin, { concurrency: 1 });
  expect(outcomesOf(copy)).toEqual(rows.map(({ gist_id }) => `${gist_id} gone`));
  expect(host.connections()).toBe(1);
});

test('over https the host has to prove who it is', async ({ skip }) => {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const made = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
    ];
    const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', [...made, ...named, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  } catch {
    return skip('openssl is not here.');
  }
  const server = createSecureServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (request, response) => {
      response.end(contentFor(request.url ?? ''));
    },
  );
  const origin = `https://localhost:${await listening(server)}`;
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const unknown = copyOf(rows);
  await hydrate(unknown, origin);
  expect(statusOf(unknown)[0]).toMatchObject({
    status: 'error',
    why: 'The host’s certificate does not hold.',
  });
  // Who is trusted is decided when a process starts.
  const known = copyOf(rows);
  const program = join(import.meta.dirname, '../testing-kill.ts');
  const env = { ...ownEnvironment(), NODE_EXTRA_CA_CERTS: cert };
  await promisify(execFile)(process.execPath, [program, known, origin, '-1'], { env });
  expect(outcomesOf(known)).toEqual(allOk);
});
