/*
 * A job in a process of its own, at a time of its own, which kills itself before its nth step: a write to a socket, or a
 * change of the disk. Whoever gets to the end prints what came of the job.
 *   node testing-kill.ts ORDER, in JSON: { task, place, database: { kind, url }, shift, fatal }
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { openPool } from '#sql/pool.ts';
import { silent } from '#sql/testing/fresh.ts';
import { shiftProcess } from './clock.ts';
import { type Place, perform, type Task } from './perform.ts';

export interface Order {
  task: Task;
  place: Place;
  database: { kind: 'server' | 'embedded'; url: string };
  /** Milliseconds by which it is later here. */
  shift: number;
  fatal: number;
}

const { task, place, database, shift, fatal }: Order = JSON.parse(process.argv[2] ?? '{}');
let steps = 0;

type Call = (...args: never[]) => unknown;

/** Makes a function count as a step, dying before it. */
function counted<F extends Call>(call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      if (steps === fatal) process.kill(process.pid, 'SIGKILL');
      steps += 1;
      return Reflect.apply(target, self, args);
    },
  });
}

shiftProcess(shift);
const db = openPool({ ...database, log: silent, ...(database.kind === 'embedded' ? { size: 1 } : {}) });
Socket.prototype.write = counted(Socket.prototype.write);
for (const name of ['mkdir', 'rename', 'rm', 'symlink', 'open', 'writeFile', 'link'] as const) {
  Object.assign(fs, { [name]: counted(fs[name] as Call) });
}
syncBuiltinESMExports();

const lines: string[] = [];
const done = await perform(task, place, db, (line) => lines.push(line));
await db.close();
process.stdout.write(JSON.stringify({ ...done, lines, steps }));
