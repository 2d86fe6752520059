/**
 * A program for the crash test: hydrates a copy, and ends itself by SIGKILL before its nth step, a step being every change
 * of the files. Prints its steps when it gets to the end.
 *
 *   node testing-kill.ts COPY RAW_HOST N
 */
import fs, { type PathLike } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { run } from './run.ts';
import { inputOf, toolsOf } from './testing-input.ts';

const [copy = '', host = '', fatal] = process.argv.slice(2);
let steps = 0;

/** Takes a step, or dies before it. */
function step(): void {
  if (steps === Number(fatal)) process.kill(process.pid, 'SIGKILL');
  steps += 1;
}

type Call = (...args: never[]) => unknown;

function counted<F extends Call>(call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      step();
      return Reflect.apply(target, self, args);
    },
  });
}

const { openSync, writeSync, closeSync } = fs;
fs.mkdirSync = counted(fs.mkdirSync);
fs.renameSync = counted(fs.renameSync);
fs.linkSync = counted(fs.linkSync);
fs.rmSync = counted(fs.rmSync);
fs.writeSync = counted(fs.writeSync);
fs.writeFileSync = (path, content) => {
  step();
  if (!isPath(path) || !(content instanceof Uint8Array)) throw new Error('Only bytes are written at once.');
  const file = openSync(path, 'wx');
  // Half of it may reach the disk before the end.
  writeSync(file, content.subarray(0, content.length / 2));
  step();
  writeSync(file, content.subarray(content.length / 2));
  closeSync(file);
};
syncBuiltinESMExports();

function isPath(path: PathLike | number): path is string {
  return typeof path === 'string';
}

await run(inputOf(copy, host), toolsOf());
process.stdout.write(String(steps));
