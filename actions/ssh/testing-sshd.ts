import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../testing.ts';

/** Debian's package openssh-server has it; .ci/run installs it. */
const program = '/usr/sbin/sshd';
export const hasSshd = existsSync(program);

export interface Sshd {
  port: string;
  /** `user@127.0.0.1:port`, and the user is who runs the tests. */
  address: string;
  knownHosts: string;
  /** What it let in and what not. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Keys and settings of a server, in a folder of their own. */
export async function sshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'openagentsessions-sshd-'));
}

/** A new key without a passphrase; its public half is a line of authorized_keys. */
export async function makeKey(folder: string, name: string): Promise<{ key: string; publicLine: string }> {
  const file = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
  return { key: await readFile(file, 'utf8'), publicLine: (await readFile(`${file}.pub`, 'utf8')).trim() };
}

/** Starts a real ssh server for the user who runs the tests, which takes the keys of `authorized` and nothing else. */
export async function startSshd(folder: string, authorized: readonly string[]): Promise<Sshd> {
  const [port, host] = [await freePort(), await makeKey(folder, `host-${authorized.length}-${Date.now()}`)];
  const user = userInfo().username;
  const log = join(folder, `log-${port}`);
  const files = { keys: join(folder, `authorized-${port}`), host: join(folder, `host-${port}`) };
  await writeFile(files.keys, authorized.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  await writeFile(files.host, host.key, { mode: 0o600 });
  await chmod(folder, 0o755);
  const config = join(folder, `config-${port}`);
  await writeFile(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${files.host}`,
      `AuthorizedKeysFile ${files.keys}`,
      `PidFile ${join(folder, `pid-${port}`)}`,
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
      '',
    ].join('\n'),
  );
  // Started by root it wants this folder, which the package makes only when the service starts.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(program, ['-D', '-f', config, '-E', log], { stdio: 'ignore' });
  await listening(Number(port));
  return {
    port,
    address: `${user}@127.0.0.1:${port}`,
    knownHosts: `[127.0.0.1]:${port} ${host.publicLine}`,
    log: () => readFile(log, 'utf8'),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

async function listening(port: number): Promise<void> {
  for (let tried = 0; tried < 100; tried++) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await wait(50);
  }
  throw new Error('sshd does not listen');
}

/** Removes what `sshFolder` made. */
export const removeSshFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true });
