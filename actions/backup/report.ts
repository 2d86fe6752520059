import { type Backup, countRows, dumpKey } from '#domain/backup.ts';
import { bytesText } from '#domain/bytes-text.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { JobResult } from '../job.ts';

/** Tells what was backed up. */
export function report(made: Backup, { title }: Pick<Bucket, 'title'>, seconds: number): JobResult {
  const { backup_id: id, log_seq: logSeq, tables, dump } = made;
  const rows = countRows(made);
  return {
    ok: true,
    lines: [
      `Backup ${id} is kept: ${rows} rows of ${Object.keys(tables).length} tables up to log number ${logSeq}.`,
      `${dumpKey(id)} in ${title}, ${bytesText(dump.bytes)}, read back; in ${seconds.toFixed(1)} s`,
    ],
    summary: { backup_id: id, rows, log_seq: logSeq, bytes: dump.bytes, seconds },
  };
}
