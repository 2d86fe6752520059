import { type Backup, backup, backupKey, newestBackupKey } from '#domain/backup.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { JobFailure } from '../failure.ts';

const mostBytes = 1_000_000;

/** What is known of a backup, the newest if none is named. Throws JobFailure where there is none, or it cannot be read. */
export async function readBackup(bucket: Bucket, id: string | null): Promise<Backup> {
  const key = id === null ? newestBackupKey : backupKey(id);
  const file = await bucket.read(key);
  if (file === null) {
    throw new JobFailure(
      `There is no ${key} in ${bucket.title}. Look there for the backups that are kept, and name one by --backup.`,
    );
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of file.body) {
    bytes += piece.length;
    if (bytes > mostBytes) break;
    pieces.push(piece);
  }
  const read = backup.safeParse(parsed(Buffer.concat(pieces).toString()));
  if (!read.success || (id !== null && read.data.backup_id !== id)) {
    throw new JobFailure(
      `${key} in ${bucket.title} does not describe a backup as this version makes them. Use the version that made it, or another backup.`,
    );
  }
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
