import { randomBytes } from 'node:crypto';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { JobFailure } from '../failure.ts';
import { refuseLink } from './no-link.ts';

export interface CopyLock {
  /** Aborted where another process took the lock over, because this one stood still for a minute. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** In milliseconds: how often a holder says that it lives, and after how long without a word it does not. */
const heartbeat = 10_000;
const patience = 60_000;

const record = z.object({
  // Of one length, so that one takes the other's place by a single write.
  state: z.enum(['held', 'free']),
  host: z.string(),
  pid: z.int().min(1),
  started_at: z.string(),
  token: z.string(),
});
type LockRecord = z.infer<typeof record>;

/**
 * Takes the lock `name` of a copy, or returns undefined while another holds it: this process, another, or another machine
 * on the same network file system. A holder that is dead is found out at once on its machine, and within a minute elsewhere.
 *
 * `name` is a folder of numbered files, each made by whoever takes the lock from the last: that no two can make the same
 * one decides who has it. The highest is never deleted, so that a number is never given twice.
 */
export async function takeCopyLock(copy: string, name: string): Promise<CopyLock | undefined> {
  const folder = join(copy, name);
  await refuseLink(folder);
  await mkdir(folder, { recursive: true });
  const last = await lastTurn(folder);
  if (last > 0 && !(await isFree(folder, last))) return undefined;
  const mine = await takeTurn(folder, last + 1);
  if (mine === null) return undefined;
  // Who looked long ago takes a number that was used up meanwhile.
  if ((await lastTurn(folder)) > last + 1) {
    await rm(mine.path, { force: true });
    return undefined;
  }
  for (const turn of await turns(folder)) {
    if (turn <= last) await rm(join(folder, String(turn)), { force: true });
  }
  return hold(mine);
}

/** What to say where another holds the lock. */
export function atWork(copy: string): string {
  return `Another command is at work in ${copy}, or one on another machine died less than a minute ago. Wait until it has ended, then run this again.`;
}

/** The lock of a purge: while it is held, nobody else may begin to work in the copy. */
export const purgeLock = '.lock-purge';

/** Does somebody hold the lock `name` of a copy right now? */
export async function isLockHeld(copy: string, name: string): Promise<boolean> {
  const folder = join(copy, name);
  const last = await lastTurn(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  });
  return last > 0 && !(await isFree(folder, last));
}

interface Turn {
  path: string;
  record: LockRecord;
}

async function takeTurn(folder: string, turn: number): Promise<Turn | null> {
  const path = join(folder, String(turn));
  const mine: LockRecord = {
    state: 'held',
    host: await thisHost(),
    pid: process.pid,
    started_at: new Date().toISOString(),
    token: randomBytes(16).toString('hex'),
  };
  let handle: FileHandle;
  try {
    handle = await open(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null;
    throw error;
  }
  try {
    await handle.writeFile(textOf(mine));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return { path, record: mine };
}

function hold({ path, record: mine }: Turn): CopyLock {
  const lost = new AbortController();
  const timer = setInterval(() => {
    // A disk that is full, or a server that rests, is no reason to stop; the next beat may come through.
    overwrite(path, mine).then(
      (isMine) =>
        isMine ||
        lost.abort(
          new JobFailure(
            `Another run took ${path} over, because this one stood still for a minute. Run this again.`,
          ),
        ),
      () => undefined,
    );
  }, heartbeat);
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await overwrite(path, { ...mine, state: 'free' });
    },
  };
}

/** Writes a record over itself, which gives the file a new time; false where another has taken the lock and removed it. */
async function overwrite(path: string, mine: LockRecord): Promise<boolean> {
  try {
    await writeFile(path, textOf(mine), { flag: 'r+' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Was it given back, or is its holder dead? One that is being written belongs to somebody. */
async function isFree(folder: string, turn: number): Promise<boolean> {
  const path = join(folder, String(turn));
  try {
    const text = await readFile(path, 'utf8');
    const holder = record.safeParse(parse(text)).data;
    if (holder?.state === 'free') return true;
    if (holder?.host === (await thisHost()) && !isAlive(holder.pid)) return true;
    return (await timeOf(folder)) - (await stat(path)).mtimeMs > patience;
  } catch (error) {
    // Somebody newer removed it.
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The time as the file system has it, in milliseconds: clocks of machines differ. */
async function timeOf(folder: string): Promise<number> {
  const path = join(folder, 'now');
  await writeFile(path, '.');
  return (await stat(path)).mtimeMs;
}

async function lastTurn(folder: string): Promise<number> {
  return Math.max(0, ...(await turns(folder)));
}

async function turns(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^[1-9]\d{0,14}$/.test(name)).map(Number);
}

/** Where a process's number means something: containers have one name, and numbers of their own. */
async function thisHost(): Promise<string> {
  const [boot, numbers] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return [hostname(), boot.trim(), numbers].join(' ').trim();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, but somebody else's.
    return codeOf(error) === 'EPERM';
  }
}

function textOf(mine: LockRecord): string {
  return `${JSON.stringify(mine)}\n`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
