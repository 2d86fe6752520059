import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backup, backupId, backupKey, dumpKey, newestBackupKey } from '#domain/backup.ts';
import { schemaVersion } from '#domain/snapshot.ts';
import type { Database, Transaction } from '#sql/db.ts';
import {
  countKeptRows,
  notKept,
  readBackupHead,
  recordBackup,
  shareTransaction,
} from '#sql/queries/backup.ts';
import type { Bucket, Content, Watch } from '../bucket/bucket.ts';
import { bytesContent, withFile } from '../bucket/content.ts';
import { hashExport } from '../export/hash-export.ts';
import { type FileDigest, HashedFile } from '../export/hashed-file.ts';
import { JobFailure } from '../failure.ts';
import { hashThere } from '../publish/read-back.ts';
import { encrypted } from './age.ts';
import { startClientProgram, type World } from './client-program.ts';
import { refuseStrangers } from './place.ts';

export interface Input {
  databaseUrl: string;
  /** age public keys; whoever has the identity of one of them can restore. */
  recipients: readonly string[];
}

export interface Tools extends World {
  /** The same database. */
  db: Database;
  bucket: Bucket;
  now(): Date;
  /** Called now and then with what is being done. */
  progress(text: string): void;
}

/**
 * Dumps the database, encrypted before it is written anywhere, and puts it in the bucket, where it is read back. Its
 * description comes after it, and `newest.json` last: killed at any point, a run leaves nothing that a restore would take.
 * Then the database remembers that there is one.
 */
export async function run(input: Input, tools: Tools): Promise<Backup> {
  const { bucket, progress, signal } = tools;
  await bucket.check();
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-backup-'));
  try {
    const path = join(folder, 'dump.age');
    const begunAt = tools.now();
    const made = await tools.db.transaction(
      (tx) => dumpAs(tx, path, begunAt, input, tools),
      'repeatable read read only',
    );
    const { backup_id: id, dump } = made;
    const watch = { sent: () => undefined, signal };
    progress(`Sending ${dump.bytes} bytes.`);
    await withFile(path, (content) => createNew(bucket, dumpKey(id), content, watch));
    progress('Reading them back.');
    if ((await hashThere(bucket, dumpKey(id), signal)) !== dump.sha256) {
      throw new JobFailure(
        `${bucket.title} gives other bytes back than it was sent, under ${dumpKey(id)}. Nothing else was written; run this again.`,
      );
    }
    const text = bytesContent(`${JSON.stringify(made, null, 2)}\n`);
    await createNew(bucket, backupKey(id), text, watch);
    await refuseStrangers(bucket, backupKey(id));
    await bucket.replace(newestBackupKey, text, watch);
    await recordBackup(tools.db, made, tools.now());
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Dumps what a transaction sees, and counts it meanwhile. */
async function dumpAs(
  tx: Transaction,
  path: string,
  begunAt: Date,
  { databaseUrl, recipients }: Input,
  tools: Tools,
): Promise<Backup> {
  const shared = await shareTransaction(tx);
  tools.progress('Dumping the database.');
  const args = [
    '--format=custom',
    '--no-owner',
    '--no-privileges',
    '--lock-wait-timeout=60s',
    `--snapshot=${shared}`,
    ...notKept.map((table) => `--exclude-table-data=public.${table}`),
  ];
  const stop = new AbortController();
  const signal = AbortSignal.any([tools.signal, stop.signal]);
  const dumping = dumpTo(path, databaseUrl, args, recipients, { env: tools.env, signal });
  const counting = countAll(tx, signal);
  try {
    const [dump, counted] = await Promise.all([dumping, counting]);
    return {
      backup_version: 1,
      backup_id: backupId(begunAt),
      begun_at: begunAt.toISOString(),
      dump,
      schema_version: schemaVersion,
      ...counted,
    };
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled([dumping, counting]);
    throw error;
  }
}

async function countAll(
  tx: Transaction,
  signal: AbortSignal,
): Promise<Pick<Backup, 'migrations' | 'log_seq' | 'tables' | 'files'>> {
  const { migrations, logSeq } = await readBackupHead(tx);
  const tables = await countKeptRows(tx);
  return { migrations, log_seq: logSeq, tables, files: await hashExport(tx, signal) };
}

async function dumpTo(
  path: string,
  databaseUrl: string,
  args: readonly string[],
  recipients: readonly string[],
  world: World,
): Promise<FileDigest> {
  await using file = await HashedFile.create(path);
  const { stdout, ended } = startClientProgram('pg_dump', databaseUrl, args, world);
  try {
    for await (const piece of encrypted(stdout, recipients)) await file.write(piece);
  } catch (error) {
    // Why it broke off, if that is known.
    await ended;
    throw error;
  }
  await ended;
  return await file.finish();
}

async function createNew(bucket: Bucket, key: string, content: Content, watch: Watch): Promise<void> {
  if ((await bucket.create(key, content, watch)) === 'created') return;
  throw new JobFailure(`${key} is in ${bucket.title} already. Run this again: it takes another name.`);
}
