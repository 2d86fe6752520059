import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { JobFailure } from '../failure.ts';
import { type Login, readLogin } from '../ssh/login.ts';
import { openTunnel, type Target } from './open.ts';

export interface Input {
  /** A program and its arguments. */
  command: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Where secret files may be for a moment. */
  folder: string;
  print(line: string): void;
  /** On a terminal, where a command hears Ctrl-C by itself. */
  terminal: boolean;
  /** Takes what every signal must be told to: the command is, or while there is none, the tunnel is not opened. */
  onSignal(hear: (signal: NodeJS.Signals) => void): void;
}

const names = { address: 'TUNNEL_ADDRESS', key: 'TUNNEL_KEY', knownHosts: 'SSH_KNOWN_HOSTS' };

/**
 * Runs a command to whose DATABASE_URL a tunnel leads, and resolves to its exit code. The variable names the database
 * as the server reaches it. Throws JobFailure when there is no tunnel.
 */
export async function run({ command, env, folder, print, terminal, onSignal }: Input): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined) {
    throw new JobFailure('There is no command to run. Try npm run tunnel -- npm run db:migrate:deploy.');
  }
  const login: Login = readLogin(env, names);
  const url = URL.parse(env.DATABASE_URL ?? '');
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol) || url.hostname === '') {
    throw new JobFailure(
      `DATABASE_URL must name the database as ${login.host} reaches it, such as postgres://user:password@127.0.0.1:5432/database.`,
    );
  }
  const target: Target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 5432) };
  const stop = new AbortController();
  let child: ChildProcess | undefined;
  onSignal((signal) => {
    if (child === undefined) stop.abort(new JobFailure(`Stopped by ${signal} before the command began.`));
    else if (!(terminal && signal === 'SIGINT')) child.kill(signal);
  });
  const tunnel = await openTunnel(login, target, folder, stop.signal);
  url.host = `127.0.0.1:${tunnel.port}`;
  let over = false;
  void tunnel.broken.then((reason) => {
    const last = reason.trim().split('\n').at(-1) || 'no reason given';
    if (!over) print(`tunnel: The connection to ${login.host} broke off (${last}).`);
  });
  try {
    stop.signal.throwIfAborted();
    const { TUNNEL_KEY: _, ...rest } = env;
    child = spawn(program, args, { stdio: 'inherit', env: { ...rest, DATABASE_URL: url.href } });
    return await exitCodeOf(child, program);
  } finally {
    over = true;
    await tunnel.close();
  }
}

function exitCodeOf(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new JobFailure(`There is no program ${program}.`) : error),
    );
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}
