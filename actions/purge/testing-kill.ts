/**
 * A program for the crash test: purges a copy and ends itself by SIGKILL before its nth step, a step being every change of
 * the disk, and the half of one that writes. Prints its steps when it gets to the end.
 *
 *   node testing-kill.ts COPY N
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const [copy = '', fatal] = process.argv.slice(2);
const steps: string[] = [];

/** Takes a step, or dies before it. */
function step(name: string): void {
  if (steps.length === Number(fatal)) process.kill(process.pid, 'SIGKILL');
  steps.push(name);
}

type Call = (...args: never[]) => unknown;

/** Makes a function count as a step, dying before it. */
function counted<F extends Call>(name: string, call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      step(name);
      return Reflect.apply(target, self, args);
    },
  });
}

const { lstat, readdir, rm, rmdir, unlink } = promises;
/** As the real one, but file by file, so that one can die in between. */
promises.rm = async (path, options) => {
  const isFolder = (await lstat(path).catch(() => null))?.isDirectory() === true;
  const entries = isFolder ? await readdir(String(path), { withFileTypes: true }) : null;
  if (entries === null) {
    step('rm');
    return rm(path, options);
  }
  for (const entry of entries) {
    const below = join(String(path), entry.name);
    if (entry.isDirectory()) await promises.rm(below, options);
    else {
      step('unlink below');
      await unlink(below);
    }
  }
  step('rmdir of a tree');
  return rmdir(path);
};
promises.unlink = counted('unlink', unlink);
promises.rmdir = counted('rmdir', rmdir);
promises.mkdir = counted('mkdir', promises.mkdir);
promises.rename = counted('rename', promises.rename);
fs.writeFileSync = counted('write of rows', fs.writeFileSync);
syncBuiltinESMExports();

const handle = await promises.open(join(import.meta.dirname, 'run.ts'));
const handles = Object.getPrototypeOf(handle);
const append = handles.appendFile;
handles.appendFile = async function (this: typeof handle, piece: Buffer) {
  step('append');
  // Half of it may reach the disk before the end.
  await append.call(this, piece.subarray(0, piece.length / 2));
  step('append the rest');
  await append.call(this, piece.subarray(piece.length / 2));
};
await handle.close();

const { run } = await import('./run.ts');
await run(
  { copy, apply: true, removed: null, ids: null, most: 0 },
  { progress: () => undefined, log: () => undefined, signal: new AbortController().signal },
);
process.stdout.write(JSON.stringify(steps));
