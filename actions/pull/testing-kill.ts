/**
 * A program for the crash test: pulls, and ends by SIGKILL before its nth step, a step being every change of the files.
 * Prints how many there are when it gets to the end.
 *
 *   node testing-kill.ts PLACE COPY N
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { sourceOf } from '../fetch/source.ts';
import { run } from './run.ts';

const [place = '', copy = '', fatal] = process.argv.slice(2);
let steps = 0;

/** Takes a step, or dies before it. */
function step(): void {
  if (steps === Number(fatal)) process.kill(process.pid, 'SIGKILL');
  steps += 1;
}

type Call = (...args: never[]) => unknown;

/** Makes a function count as a step, dying before it. */
function counted<F extends Call>(call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      step();
      return Reflect.apply(target, self, args);
    },
  });
}

fs.mkdir = counted(fs.mkdir);
fs.rename = counted(fs.rename);
fs.symlink = counted(fs.symlink);
fs.rm = counted(fs.rm);
fs.writeFile = counted(fs.writeFile);
fs.copyFile = counted(fs.copyFile);
syncBuiltinESMExports();

const handle = await fs.open(join(import.meta.dirname, 'run.ts'));
const handles = Object.getPrototypeOf(handle);
await handle.close();
const append = handles.appendFile;
handles.appendFile = async function (this: typeof handle, piece: Buffer) {
  step();
  // Half of it may reach the disk before the end.
  await append.call(this, piece.subarray(0, piece.length / 2));
  step();
  await append.call(this, piece.subarray(piece.length / 2));
};

steps = 0;
await run(
  { copy, maxAgeDays: null, allowOlder: false },
  {
    source: sourceOf(place),
    now: () => new Date(),
    tally: () => undefined,
    log: () => undefined,
    signal: new AbortController().signal,
  },
);
process.stdout.write(String(steps));
