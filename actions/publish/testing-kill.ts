/**
 * A program for crash tests: publishes, or refreshes removals, and ends itself by SIGKILL at its nth step. Steps are every
 * request, before it and in the middle of what it sends, and every change of the place or the database; what is true after
 * an answer is true before the next step. Prints the step it dies at, or all of its steps when it gets to the end.
 *
 *   node testing-kill.ts publish|removals SETTINGS N
 */
import { existsSync, writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { ClientRequest } from 'node:http';
import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { BucketAccess } from '#domain/environment-values.ts';
import type { Db } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';
import { silent } from '#sql/testing/fresh.ts';
import { FolderBucket } from '../bucket/folder/folder-bucket.ts';
import { S3Bucket } from '../bucket/s3/s3-bucket.ts';
import { run as refresh } from '../removals/run.ts';
import { run as publish } from './run.ts';

export interface Settings {
  kind: 'server' | 'embedded';
  url: string;
  output: string;
  /** A bucket, or a folder. */
  place: BucketAccess | string;
}

// The next of these processes need not compile again what this one has.
flushCompileCache();

const [job, text = '{}', fatal] = process.argv.slice(2);
const settings: Settings = JSON.parse(text);
const steps: string[] = [];

function die(name: string): never {
  writeSync(1, name);
  process.kill(process.pid, 'SIGKILL');
  throw new Error('It lives.');
}

const isFatal = () => steps.length === Number(fatal);

/** Takes a step, or dies before it. */
function step(name: string): void {
  if (isFatal()) die(name);
  steps.push(name);
}

type Call = (...args: never[]) => unknown;

function counted<F extends Call>(name: string, call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      step(
        `${name} ${String(args[name === 'link' || name === 'rename' ? 1 : 0]).replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')}`,
      );
      return Reflect.apply(target, self, args);
    },
  });
}

if (typeof settings.place === 'string') {
  const makeFolder = counted('mkdir', fs.mkdir);
  const { mkdir } = fs;
  // A folder that is there already is no change.
  fs.mkdir = new Proxy(mkdir, {
    apply(target, self, args) {
      return Reflect.apply(existsSync(String(args[0])) ? target : makeFolder, self, args);
    },
  });
  fs.rename = counted('rename', fs.rename);
  fs.link = counted('link', fs.link);
  fs.rm = counted('rm', fs.rm);
  syncBuiltinESMExports();
  const handle = await fs.open(join(import.meta.dirname, 'run.ts'));
  const handles = Object.getPrototypeOf(handle);
  const append = handles.appendFile;
  handles.appendFile = async function (this: typeof handle, piece: Buffer) {
    step(`write ${piece.length} bytes`);
    await append.call(this, piece.subarray(0, piece.length / 2));
    step('write the other half');
    await append.call(this, piece.subarray(piece.length / 2));
  };
  await handle.close();
}

const end = ClientRequest.prototype.end;
ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
  const name = `${this.method} ${this.path
    .replace(/\?.*$/, '')
    .split('/')
    .slice(2)
    .join('/')
    .replace(/^(snapshots\/)[^/]+/, '$1<id>')}`;
  step(name);
  const [body] = args;
  if (body instanceof Uint8Array && body.length > 1) {
    if (isFatal()) {
      // What was written is with the kernel when this is called, so the service gets half and then the end.
      this.write(body.subarray(0, body.length / 2), () => die(`${name}, half sent`));
      return this;
    }
    steps.push(`${name}, half sent`);
  }
  return Reflect.apply(end, this, args);
};
globalThis.fetch = counted('GET', globalThis.fetch);

function countedDb<T extends Db>(db: T): T {
  return {
    ...db,
    query: (query, values) => {
      if (/^\s*(?:insert|update)/.test(query)) step(query.trim().split(/\s+/).slice(0, 2).join(' '));
      return db.query(query, values);
    },
  };
}

const pool = openPool({ url: settings.url, kind: settings.kind, log: silent, size: 1 });
const db = {
  ...countedDb(pool),
  connection: <T>(work: Parameters<typeof pool.connection<T>>[0]) =>
    pool.connection((connection) => work({ ...countedDb(connection), transaction: connection.transaction })),
};
const bucket =
  typeof settings.place === 'string' ? new FolderBucket(settings.place) : new S3Bucket(settings.place);
const signal = new AbortController().signal;
const nothing = () => undefined;
if (job === 'publish') {
  const input = { output: settings.output, dryRun: false, emptyBucket: false };
  await publish(input, { db, bucket, tally: nothing, signal });
} else {
  const tools = { db, bucket, now: () => new Date(), progress: nothing, signal };
  await refresh({ output: settings.output, dryRun: false }, { ...tools, patience: { tries: 1, pause: 0 } });
}
await pool.close();
writeSync(1, JSON.stringify(steps));
