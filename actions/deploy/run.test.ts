import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JobFailure } from '../failure.ts';
import { type Login, readLogin, writeLogin } from '../ssh/login.ts';
import { hasSshd, makeKey, removeSshFolder, type Sshd, sshFolder, startSshd } from '../ssh/testing-sshd.ts';
import { run } from './run.ts';

const receive = join(import.meta.dirname, '..', '..', 'docs', 'deploy', 'receive.sh');
const names = { address: 'DEPLOY_ADDRESS', key: 'DEPLOY_KEY', knownHosts: 'SSH_KNOWN_HOSTS' };

let folder: string;
/** The repository, the server's folder of releases, and where secret files are for a moment. */
let root: string;
let server: string;
let temporary: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-deploy-test-'));
  [root, server, temporary] = ['root', 'server', 'temporary'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(temporary);
  await mkdir(server);
  const files = {
    'package.json': '{}',
    'package-lock.json': JSON.stringify({
      packages: { '': {}, 'node_modules/zod': {}, 'node_modules/vitest': { dev: true } },
    }),
    'actions/start/index.ts': '',
    'functions/x.ts': '',
    'sql/x.ts': '',
    'dist/server/entry.mjs': '',
    'dist/client/index.html': 'first',
    'node_modules/zod/index.js': '',
    'docs/left-out.md': '',
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
});
afterEach(async () => {
  expect(await readdir(temporary)).toEqual([]);
  await rm(folder, { recursive: true });
});

const call = { signal: new AbortController().signal, tally: () => undefined, progress: () => undefined };
const deploy = (id: string, login: Login | null) => run({ root, id, login, folder: temporary }, call);

test.each([
  ['dist', 'There is no dist. Run npm ci --omit=dev'],
  ['node_modules', 'There is no node_modules. Run npm ci --omit=dev'],
])('without %s nothing is packed', async (part, sentence) => {
  await rm(join(root, part), { recursive: true });
  await expect(deploy('a', null)).rejects.toThrow(sentence);
});

test('packages of development alone are not sent to the server', async () => {
  await mkdir(join(root, 'node_modules', 'vitest'));
  await expect(deploy('a', null)).rejects.toThrow(
    /^There is node_modules\/vitest, which the site does not need\./,
  );
});

describe.skipIf(!hasSshd)('on a server', () => {
  let keys: string;
  let sshd: Sshd;
  let login: Login;
  /** The restart of the service: a file on the server decides whether it comes up. */
  let restart: string;
  let link: string;

  beforeAll(async () => {
    keys = await sshFolder();
    link = join(keys, 'server');
    restart = join(keys, 'restart');
    await writeFile(
      restart,
      '#!/bin/sh\necho restarted "$(readlink "$1/current")" >> "$1/restarts"\n! grep -q broken "$1/current/dist/client/index.html"\n',
    );
    await chmod(restart, 0o755);
    const { key, publicLine } = await makeKey(keys, 'deploy');
    sshd = await startSshd(keys, [
      `restrict,command="bash ${receive} ${link} ${restart} ${link}" ${publicLine}`,
    ]);
    login = readLogin(
      { DEPLOY_ADDRESS: sshd.address, DEPLOY_KEY: key, SSH_KNOWN_HOSTS: sshd.knownHosts },
      names,
    );
  });
  afterAll(async () => {
    await sshd.stop();
    await removeSshFolder(keys);
  });
  beforeEach(async () => {
    execFileSync('ln', ['-sfn', server, link]);
  });

  const current = async () => readlink(join(server, 'current'));
  const page = () => readFile(join(server, 'current', 'dist', 'client', 'index.html'), 'utf8');

  test('a release is unpacked, becomes the current one, and the service is restarted', async () => {
    await deploy('20261122T060000Z-abc1234', login);
    expect(await current()).toBe('releases/20261122T060000Z-abc1234');
    expect(await page()).toBe('first');
    expect((await readdir(join(server, 'current'))).sort()).toEqual([
      'actions',
      'dist',
      'functions',
      'node_modules',
      'package-lock.json',
      'package.json',
      'sql',
    ]);
    expect(await readFile(join(server, 'restarts'), 'utf8')).toBe(
      'restarted releases/20261122T060000Z-abc1234\n',
    );
    expect((await readdir(server)).sort()).toEqual(['.lock', 'current', 'releases', 'restarts']);
  });

  test('whoever built it, everybody on the server can read it', async () => {
    await chmod(join(root, 'dist'), 0o700);
    await chmod(join(root, 'dist/client/index.html'), 0o600);
    await deploy('private', login);
    const modes = ['dist', 'dist/client/index.html'].map((path) => stat(join(server, 'current', path)));
    expect((await Promise.all(modes)).map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['755', '644']);
  });

  test('five releases are kept, and the current one in any case', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await deploy(id, login);
    expect((await readdir(join(server, 'releases'))).sort()).toEqual(['c', 'd', 'e', 'f', 'g']);
    expect(await current()).toBe('releases/g');
  });

  test('a release that does not come up gives way to the earlier one', async () => {
    await deploy('good', login);
    await writeFile(join(root, 'dist/client/index.html'), 'broken');
    await expect(deploy('bad', login)).rejects.toThrow(
      new JobFailure('The site does not come up with this release. The earlier one, good, is back.'),
    );
    expect([await current(), await page()]).toEqual(['releases/good', 'first']);
    expect(await readFile(join(server, 'restarts'), 'utf8')).toBe(
      'restarted releases/good\nrestarted releases/bad\nrestarted releases/good\n',
    );
  });

  test('a first release that does not come up is told, too', async () => {
    await writeFile(join(root, 'dist/client/index.html'), 'broken');
    await expect(deploy('bad', login)).rejects.toThrow(
      'The site does not come up, and there is no earlier release to go back to.',
    );
  });

  test('what a killed run left is taken away by the next', async () => {
    await mkdir(join(server, 'incoming.killed'));
    await deploy('a', login);
    expect(await readdir(server)).not.toContain('incoming.killed');
  });

  test('two at once: the second is told to wait', async () => {
    await deploy('first', login);
    const holder = execFile('flock', [join(server, '.lock'), 'sh', '-c', 'echo held; exec sleep 60']);
    await new Promise((held) => holder.stdout?.once('data', held));
    await expect(deploy('second', login)).rejects.toThrow(
      'Another release is being received. Run this again when it is done.',
    );
    holder.kill();
    expect(await current()).toBe('releases/first');
  });

  test('the key does nothing else', async () => {
    const files = await writeLogin(login, temporary);
    for (const asked of ['id', 'a b', '../x 00', `a/b ${'0'.repeat(64)}`, `a ${'0'.repeat(64)}; id`]) {
      await expect(promisify(execFile)('ssh', [...files.options, asked])).rejects.toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('receive: A release is asked for by its id'),
      });
    }
    await files.remove();
    expect(await readdir(server)).toEqual([]);
  });

  test('a key that is not the one for deploying is refused', async () => {
    const other = { ...login, key: (await makeKey(keys, 'other')).key };
    await expect(deploy('a', other)).rejects.toThrow('refuses the key in DEPLOY_KEY');
  });
});

describe('the command on the server', () => {
  /** Runs it as sshd does. */
  const received = (asked: string, archive: Buffer) => {
    const env = { PATH: process.env.PATH, SSH_ORIGINAL_COMMAND: asked };
    const running = promisify(execFile)('bash', [receive, server], { env });
    running.child.stdin?.on('error', () => undefined).end(archive);
    return running;
  };
  const pack = async (): Promise<Buffer> => {
    execFileSync('tar', ['-czf', join(folder, 'a.tar.gz'), '-C', root, '.']);
    return readFile(join(folder, 'a.tar.gz'));
  };
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  test('an archive that does not arrive whole changes nothing', async () => {
    const archive = await pack();
    const cut = archive.subarray(0, archive.length / 2);
    await expect(received(`a ${sha256(archive)}`, cut)).rejects.toMatchObject({
      code: 1,
      stderr: 'receive: The archive did not arrive whole. Run this again.\n',
    });
    expect((await readdir(server)).sort()).toEqual(['.lock', 'releases']);
    expect(await readdir(join(server, 'releases'))).toEqual([]);
  });

  test('an archive without a built site changes nothing', async () => {
    await rm(join(root, 'dist/server'), { recursive: true });
    const archive = await pack();
    await expect(received(`a ${sha256(archive)}`, archive)).rejects.toMatchObject({
      stderr: 'receive: The archive has no dist/server/entry.mjs. Build the site first.\n',
    });
    expect(await readdir(join(server, 'releases'))).toEqual([]);
  });

  test('a release that is there already becomes the current one without its archive', async () => {
    const archive = await pack();
    await received(`a ${sha256(archive)}`, archive);
    await writeFile(join(root, 'dist/client/index.html'), 'second');
    const second = await pack();
    await received(`b ${sha256(second)}`, second);
    expect((await received(`a ${sha256(archive)}`, Buffer.alloc(0))).stdout).toBe(
      'a is the current release.\n',
    );
    expect(await readFile(join(server, 'current/dist/client/index.html'), 'utf8')).toBe('first');
  });

  test('killed anywhere, the current release is a whole one, and the next run finishes', async ({
    annotate,
  }) => {
    const archive = await pack();
    await received(`a ${sha256(archive)}`, archive);
    const outcomes: string[] = [];
    let killed = true;
    for (let at = 1; killed; at++) {
      const env = { PATH: process.env.PATH, SSH_ORIGINAL_COMMAND: `r${at} ${sha256(archive)}` };
      // Before each command that writes, in turn; the file says which it was.
      const count = `case "$BASH_COMMAND" in mkdir*|rm*|cat*|tar*|chmod*|mv*|ln*|touch*|exec*) n=$((n+1));; esac`;
      const kill = `[ $n -lt ${at} ] || { echo "$BASH_COMMAND" >${folder}/step; kill -9 $$; }`;
      const script = `n=0; set -T; set -- ${server}; trap '${count}; ${kill}' DEBUG; . ${receive}`;
      await writeFile(join(folder, 'step'), '(not killed)');
      const running = promisify(execFile)('bash', ['-c', script], { env });
      running.child.stdin?.on('error', () => undefined).end(archive);
      killed = await running.then(
        () => false,
        () => true,
      );
      const now = await current();
      expect(['releases/a', `releases/r${at - 1}`, `releases/r${at}`]).toContain(now);
      expect(await readFile(join(server, now, 'dist/client/index.html'), 'utf8')).toBe('first');
      const step = (await readFile(join(folder, 'step'), 'utf8')).trim();
      const turned =
        now === `releases/r${at}` ? 'the new release is current' : 'the earlier release is current';
      outcomes.push(`${at}. before ${step}: ${turned}`);
      await received(`r${at} ${sha256(archive)}`, archive);
      expect(await current()).toBe(`releases/r${at}`);
      expect((await readdir(server)).sort()).toEqual(['.lock', 'current', 'releases']);
    }
    await annotate(outcomes.join('\n'));
    expect(outcomes.length).toBeGreaterThan(10);
  }, 300_000);

  async function current(): Promise<string> {
    return readlink(join(server, 'current'));
  }
});
