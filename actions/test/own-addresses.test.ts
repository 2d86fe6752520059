import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { listen } from '../listen.ts';
import { freePort } from '../testing.ts';
import { failForReported, takeReported } from './own-addresses-only.ts';

const report = (host: string) => `connects to ${host}, but tests may reach this machine only`;

test('a request to another machine is reported though its error is swallowed', async () => {
  await fetch('https://api.github.com/gists').catch(() => undefined);
  expect(failForReported).toThrow(`this test ${report('api.github.com')}`);
  expect(failForReported).not.toThrow();
});

test('so is a connection by address and port, as databases are asked for', () => {
  expect(() => new Socket().connect(5432, '192.0.2.1')).toThrow(report('192.0.2.1'));
  expect(takeReported()).toEqual([report('192.0.2.1')]);
});

test.each(['127.0.0.1', 'localhost'])('a request to %s goes through', async (host) => {
  const port = Number(await freePort());
  const server = createServer((_request, response) => response.end('here'));
  await listen(server, port, host);
  expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here');
  server.close();
  expect(takeReported()).toEqual([]);
});

test('a program that swallows the error ends with 99 and says why', async () => {
  const guard = join(import.meta.dirname, 'own-addresses-or-end.ts');
  const code = `await fetch('https://api.github.com/').catch(() => undefined); console.log('went on')`;
  const args = ['--import', guard, '--input-type=module', '--eval', code];
  const env = { PATH: process.env.PATH };
  await expect(promisify(execFile)(process.execPath, args, { env })).rejects.toMatchObject({
    code: 99,
    stdout: '',
    stderr: `this program ${report('api.github.com')}\n`,
  });
});
