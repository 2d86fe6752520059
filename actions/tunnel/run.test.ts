import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { readLogin, writeLogin } from '../ssh/login.ts';
import { hasSshd, makeKey, removeSshFolder, type Sshd, sshFolder, startSshd } from '../ssh/testing-sshd.ts';
import { freePort } from '../testing.ts';
import { run } from './run.ts';

const entry = join(import.meta.dirname, 'index.ts');
/** Prints DATABASE_URL, and whether it knows the key of the tunnel. */
const tell = [process.execPath, '-e', 'console.log(process.env.DATABASE_URL, process.env.TUNNEL_KEY)'];

let folder: string;
let temporary: string;
let sshd: Sshd;
let key: string;
let fresh: FreshDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  fresh = await freshDatabase();
  if (!hasSshd) return;
  folder = await sshFolder();
  temporary = await mkdtemp(join(tmpdir(), 'openagentsessions-tunnel-'));
  const made = await makeKey(folder, 'tunnel');
  key = made.key;
  const { port } = new URL(fresh.url);
  // As docs/deploy/set-up.sh writes it.
  sshd = await startSshd(folder, [
    `restrict,port-forwarding,permitopen="127.0.0.1:${port}",permitopen="127.0.0.1:9",command="/usr/sbin/nologin" ${made.publicLine}`,
  ]);
  env = {
    TUNNEL_ADDRESS: sshd.address,
    TUNNEL_KEY: key,
    SSH_KNOWN_HOSTS: sshd.knownHosts,
    DATABASE_URL: fresh.url,
    RUNNER_TEMP: temporary,
  };
}, 60_000);
afterAll(async () => {
  await fresh.close();
  if (!hasSshd) return;
  await sshd.stop();
  await removeSshFolder(folder);
  await rm(temporary, { recursive: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `npm run tunnel` as its script does. No test leaves a secret file behind. */
async function tunnel(
  command: readonly string[],
  changed: Record<string, string> = {},
  during: (child: ReturnType<typeof spawn>, stdout: string) => void = () => undefined,
): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [entry, '--', ...command], {
    env: { PATH, ...env, ...changed },
    cwd: temporary,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
    during(child, output.stdout);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const [code] = await once(child, 'close');
  expect(await readdir(temporary)).toEqual([]);
  return { code, ...output };
}

test.skipIf(!hasSshd)('a job runs on the database that the server reaches', async () => {
  const migrate = join(import.meta.dirname, '..', 'migrate', 'index.ts');
  expect(await tunnel([process.execPath, migrate])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Nothing to apply; schema at \d+\.\n$/),
    stderr: '',
  });
});

test.skipIf(!hasSshd)('the command gets an address of the tunnel, and not the key', async () => {
  const { code, stdout } = await tunnel(tell);
  const [address = '', known] = stdout.trim().split(' ');
  const [own, there] = [new URL(address), new URL(fresh.url)];
  expect({ code, known, host: own.hostname }).toEqual({ code: 0, known: 'undefined', host: '127.0.0.1' });
  expect(own.port).not.toBe(there.port);
  own.port = there.port;
  expect(own.href).toBe(there.href);
});

test.skipIf(!hasSshd)("the exit code is the command's, a signal's too", async () => {
  expect((await tunnel([process.execPath, '-e', 'process.exit(7)'])).code).toBe(7);
  expect((await tunnel([process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'])).code).toBe(137);
});

test.skipIf(!hasSshd)("a signal is the command's, which ends with its tunnel still there", async () => {
  const script = `
    const { connect } = require('node:net');
    process.once('SIGTERM', () => {
      const socket = connect(new URL(process.env.DATABASE_URL).port, '127.0.0.1');
      socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
      socket.once('data', (data) => { console.log('finished', String(data)); process.exit(3); });
    });
    setInterval(() => undefined, 1000);
    console.log('began');`;
  const ended = await tunnel([process.execPath, '-e', script], {}, (child, stdout) => {
    if (stdout === 'began\n') child.kill('SIGTERM');
  });
  expect(ended).toMatchObject({ code: 3, stdout: 'began\nfinished N\n' });
});

test.skipIf(!hasSshd)(
  'a connection that breaks off is told; the command decides what comes of it',
  async () => {
    const through: Socket[] = [];
    const between = createServer((socket) => {
      const onward = connect(Number(sshd.port), '127.0.0.1');
      through.push(socket, onward);
      for (const end of [socket, onward]) end.on('error', () => undefined);
      socket.pipe(onward).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const port = String((between.address() as AddressInfo).port);
    const changed = {
      TUNNEL_ADDRESS: sshd.address.replace(sshd.port, port),
      SSH_KNOWN_HOSTS: sshd.knownHosts.replace(sshd.port, port),
    };
    const script =
      'console.log("began"); process.once("SIGUSR2", () => process.exit(4)); setInterval(() => 0, 1000)';
    const ended = await tunnel([process.execPath, '-e', script], changed, (child, stdout) => {
      if (stdout === 'began\n') for (const socket of through) socket.destroy();
      // Only then is the command let go.
      if (stdout.includes('broke off')) child.kill('SIGTERM');
    });
    between.close();
    expect(ended).toMatchObject({ code: 143 });
    expect(ended.stdout).toMatch(/^began\ntunnel: The connection to 127\.0\.0\.1 broke off \(.+\)\.\n$/);
  },
);

const otherKey = async () => (await makeKey(folder, `other-${process.hrtime.bigint()}`)).publicLine;

test.skipIf(!hasSshd).each<[string, () => Promise<Record<string, string>>, string]>([
  [
    'another host key',
    async () => ({ SSH_KNOWN_HOSTS: `[127.0.0.1]:${sshd.port} ${await otherKey()}` }),
    'shows another host key than SSH_KNOWN_HOSTS has',
  ],
  [
    'no host key',
    async () => ({ SSH_KNOWN_HOSTS: `[127.0.0.2]:22 ${await otherKey()}` }),
    `SSH_KNOWN_HOSTS has no key of 127.0.0.1:`,
  ],
  [
    'a key that is not taken',
    async () => ({ TUNNEL_KEY: (await makeKey(folder, 'refused')).key }),
    'refuses the key in TUNNEL_KEY',
  ],
  [
    'a key that is none',
    async () => ({ TUNNEL_KEY: 'nonsense' }),
    'TUNNEL_KEY holds no private key that ssh can read',
  ],
  [
    'a database the key may not reach',
    async () => ({ DATABASE_URL: 'postgres://x:y@127.0.0.1:10/x' }),
    'The key in TUNNEL_KEY may not reach the database',
  ],
  [
    'a database that is not there',
    async () => ({ DATABASE_URL: 'postgres://x:y@127.0.0.1:9/x' }),
    'cannot reach the database where DATABASE_URL says it is',
  ],
  [
    'no server',
    async () => ({ TUNNEL_ADDRESS: `nobody@127.0.0.1:${await freePort()}` }),
    'cannot be reached by ssh (ssh: connect to host 127.0.0.1',
  ],
])('%s: a sentence, exit code 1, and the command does not run', async (_what, changed, sentence) => {
  const { code, stdout, stderr } = await tunnel(tell, await changed());
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^tunnel: [^\n]+\n$/);
  expect(stderr).toContain(sentence);
});

test.skipIf(!hasSshd)('the key runs nothing on the server', async () => {
  const login = readLogin(env, {
    address: 'TUNNEL_ADDRESS',
    key: 'TUNNEL_KEY',
    knownHosts: 'SSH_KNOWN_HOSTS',
  });
  const files = await writeLogin(login, temporary);
  const ran = promisify(execFile)('ssh', [...files.options, 'echo', 'ran']);
  await expect(ran).rejects.toMatchObject({ code: 1, stdout: expect.not.stringContaining('ran') });
  await files.remove();
});

test('no command, no database, a part of the login missing: a sentence naming it', async () => {
  const given = { TUNNEL_ADDRESS: 'tunnel@db.test', TUNNEL_KEY: 'k', SSH_KNOWN_HOSTS: 'h', DATABASE_URL: '' };
  const failed = async (command: string[], changed: Record<string, string>) => {
    const input = { command, env: { ...given, ...changed }, folder: tmpdir(), print() {}, terminal: false };
    return run({ ...input, onSignal() {} }).then(String, (error: Error) => error.message);
  };
  expect(await failed([], {})).toMatch(/^There is no command to run\./);
  expect(await failed(['x'], {})).toMatch(/^DATABASE_URL must name the database as db\.test reaches it/);
  for (const name of ['TUNNEL_ADDRESS', 'TUNNEL_KEY', 'SSH_KNOWN_HOSTS']) {
    expect(await failed(['x'], { [name]: ' ' })).toBe(`${name} is not set. Set it, see docs/operations.md.`);
  }
  for (const address of ['db.test', '-oProxyCommand=x@h', 'a b@h', 'a@h;x', 'a@h:999999']) {
    expect(await failed(['x'], { TUNNEL_ADDRESS: address })).toBe(
      'TUNNEL_ADDRESS must be written user@host or user@host:port.',
    );
  }
});
