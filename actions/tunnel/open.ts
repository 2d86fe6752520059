import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { JobFailure } from '../failure.ts';
import { type Login, writeLogin } from '../ssh/login.ts';
import { sshTrouble } from '../ssh/trouble.ts';

export interface Tunnel {
  /** The port on this machine that leads to the database. */
  port: number;
  /** Resolves to what ssh said when it ends before `close`. */
  broken: Promise<string>;
  close(): Promise<void>;
}

export interface Target {
  /** As the server reaches the database. */
  host: string;
  port: number;
}

/** Somebody else may take a free port before ssh does. */
const tries = 3;
const patienceMs = { answer: 30_000, between: 100 };

/**
 * Leads a port of this machine through a server to a PostgreSQL database that only the server can reach, and waits
 * until the database answers. Secret files, below `folder`, are gone when this resolves or throws.
 * Throws JobFailure with what is wrong, and the reason of `stop` once that is aborted.
 */
export async function openTunnel(
  login: Login,
  target: Target,
  folder: string,
  stop: AbortSignal,
): Promise<Tunnel> {
  const files = await writeLogin(login, folder);
  try {
    for (let tried = 1; ; tried++) {
      const port = await freePort();
      const there = target.host.includes(':') ? `[${target.host}]` : target.host;
      const forward = ['-N', '-L', `127.0.0.1:${port}:${there}:${target.port}`];
      const ssh = startSsh(['-o', 'ExitOnForwardFailure=yes', ...forward, ...files.options]);
      if (await answers(port, ssh, stop)) return { port, broken: ssh.ended, close: ssh.close };
      await ssh.close();
      stop.throwIfAborted();
      const printed = ssh.printed();
      const taken = /Address already in use|cannot listen to port/.test(printed);
      if (!taken || tried === tries) throw new JobFailure(sshTrouble(printed, login));
    }
  } finally {
    await files.remove();
  }
}

interface Ssh {
  printed(): string;
  /** Resolves to what it printed when it has ended. */
  ended: Promise<string>;
  hasEnded(): boolean;
  close(): Promise<void>;
}

function startSsh(args: string[]): Ssh {
  // In a process group of its own: Ctrl-C lets the command finish what it has in hand, and so must its tunnel.
  const child: ChildProcess = spawn('ssh', args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let printed = '';
  let over = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = `${printed}${chunk}`.slice(-8_000);
  });
  const ended = new Promise<string>((resolve) => {
    const end = () => {
      over = true;
      resolve(printed);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      printed += error.code === 'ENOENT' ? 'the program ssh is not installed' : error.message;
      end();
    });
    child.once('close', end);
  });
  return {
    printed: () => printed,
    ended,
    hasEnded: () => over,
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** False when ssh ends, or says that it cannot go through, before the database answers. */
async function answers(port: number, ssh: Ssh, stop: AbortSignal): Promise<boolean> {
  const until = performance.now() + patienceMs.answer;
  while (!ssh.hasEnded() && !stop.aborted && performance.now() < until) {
    if (await isPostgres(port)) return true;
    if (/open failed/.test(ssh.printed())) return false;
    await Promise.race([wait(patienceMs.between), ssh.ended]);
  }
  return false;
}

/** PostgreSQL answers a request for TLS with one byte, whoever asks. */
const wantsTls = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

async function isPostgres(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1', timeout: 5_000 });
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => socket.write(wantsTls));
      socket.once('data', (data) => resolve(data[0] === 83 || data[0] === 78));
      for (const event of ['error', 'close', 'timeout']) socket.once(event, () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
