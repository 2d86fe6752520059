import type { Backup } from '#domain/backup.ts';
import { bytesText } from '#domain/bytes-text.ts';
import type { JobResult } from '../job.ts';
import type { Restored } from './run.ts';

/** Tells what was restored beside what the backup had: equal in everything, or a sentence that says what is not. */
export function report(restored: Restored): JobResult {
  const { backup, found, migrated, files, seconds } = restored;
  const wanted = valuesOf(backup, files === null ? {} : backup.files);
  const there = valuesOf(found, files ?? {});
  const lines = [...new Set([...Object.keys(wanted), ...Object.keys(there)])].map((what): Line => {
    return [what, wanted[what] ?? 'none', there[what] ?? 'none'];
  });
  const other = lines.filter(([, before, after]) => before !== after);
  if (other.length > 0) {
    const told = other.map(([what, before, after]) => `${what} (${before} in the backup, ${after} restored)`);
    return {
      ok: false,
      sentence: `The restored database is not what was backed up: ${told.join(', ')}. Do not use it; restore another backup.`,
    };
  }
  const all = Object.values(seconds).reduce((sum, time) => sum + time, 0);
  const took = Object.entries(seconds).map(([what, time]) => `${what} ${time.toFixed(1)} s`);
  return {
    ok: true,
    lines: [
      `Backup ${backup.backup_id} is restored, ${bytesText(backup.dump.bytes)} encrypted, and equal in all of this:`,
      ...aligned([['', 'backup', 'restored'], ...lines]),
      ...(files === null
        ? [`What it exports was not compared: the backup counted by version ${backup.schema_version}.`]
        : []),
      ...(migrated.length > 0 ? [`Applied ${migrated.join(', ')}, which the backup did not have.`] : []),
      'Sessions are in no backup: everybody signs in anew.',
      `In ${all.toFixed(1)} s: ${took.join(', ')}`,
    ],
    summary: { backup_id: backup.backup_id, equal: true, ...found, files, migrated, seconds },
  };
}

type Line = [what: string, backup: string, restored: string];

function valuesOf(
  { tables, log_seq, migrations }: Pick<Backup, 'tables' | 'log_seq' | 'migrations'>,
  files: Partial<Backup['files']>,
): Record<string, string> {
  const hashes = Object.entries(files).map(([name, digest]) => [name, digest.sha256.slice(0, 16)]);
  const counts = Object.entries(tables).map(([name, count]) => [name, String(count)]);
  return {
    ...Object.fromEntries(counts),
    'last log number': String(log_seq),
    migrations: String(migrations),
    ...Object.fromEntries(hashes),
  };
}

function aligned(lines: readonly Line[]): string[] {
  const width = (column: 0 | 1 | 2) => Math.max(...lines.map((line) => line[column].length));
  return lines.map(
    ([what, before, after]) =>
      `  ${what.padEnd(width(0))}  ${before.padStart(width(1))}  ${after.padStart(width(2))}`,
  );
}
