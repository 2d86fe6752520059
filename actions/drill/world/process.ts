import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';

export interface Launch {
  program: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** All it says is added to this file. */
  log: string;
  /** What it prints once it can be used. It is ready at once where left out. */
  ready?: RegExp;
}

/** A program that runs, in a process of its own. */
export interface Running {
  child: ChildProcess;
  /** Resolves when it has ended, to its exit code; null where a signal ended it. */
  ended: Promise<number | null>;
  /** What `ready` found in its first group. */
  found: string;
}

/** Every process that a drill has started and that has not ended. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts a program and waits until it is ready. Throws when it ends before. */
export async function launch({ program, args, cwd, env, log, ready }: Launch): Promise<Running> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  alive.add(child);
  const file = createWriteStream(log, { flags: 'a' });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => {
    alive.delete(child);
    file.end();
    return code ?? null;
  });
  const found = await firstWords(child, file, ready);
  if (found === null)
    throw new Error(`${program} ended with ${await ended} before it was ready; see ${log}.`);
  return { child, ended, found };
}

function firstWords(child: ChildProcess, file: WriteStream, ready?: RegExp): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let printed: string | null = '';
    const read = (chunk: Buffer) => {
      file.write(chunk);
      if (printed === null) return;
      printed += chunk;
      const match = ready?.exec(printed);
      if (!match) return;
      printed = null;
      resolve(match[1] ?? '');
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('close', () => resolve(null));
    if (ready === undefined) child.once('spawn', () => resolve(''));
  });
}

/** Ends it as a service manager does, and waits. Resolves to its exit code. */
export async function stop(
  { child, ended }: Running,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<number | null> {
  child.kill(signal);
  return await ended;
}

const root = join(import.meta.dirname, '..', '..', '..');

/** What starts a file below `actions` as package.json has its scripts started, and reaches no other machine. */
export function ownProgram(file: string, args: readonly string[]): Pick<Launch, 'program' | 'args'> {
  const first = ['actions/node-24.mjs', 'actions/test/own-addresses-or-end.ts'];
  const imports = first.flatMap((each) => ['--import', join(root, each)]);
  return { program: process.execPath, args: [...imports, join(root, 'actions', file), ...args] };
}
