import type { JobResult } from '../job.ts';
import { explain, isDefined } from './explain.ts';
import type { RoundTrip } from './round-trip.ts';
import type { Accuracy } from './run.ts';

/**
 * The tables for people: what was taken for what, each cell that differs and why, each finding that would block, and what
 * became of the files in each format. Fails when a format counts otherwise than the summary.
 */
export function report(accuracy: Accuracy): JobResult {
  const { files, filesRight, realFiles, realFilesRight, falseSessions, cells } = accuracy;
  const differences = cells.filter(({ same }) => !same);
  const exact = cells.length - differences.length;
  const defined = cells.filter(isDefined);
  const definedExact = defined.filter(({ same }) => same).length;
  const findings = accuracy.blocking.reduce((sum, file) => sum + file.findings.length, 0);
  const confusion = [...accuracy.confusion].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    'expected -> taken for: files',
    ...confusion.flatMap(([expected, answers]) =>
      [...answers].map(([answer, count]) => `  ${expected} -> ${answer}: ${count}`),
    ),
    '',
    `real files recognised: ${share(realFilesRight, realFiles)}`,
    `all files as expected: ${share(filesRight, files)}`,
    `no session, taken for one: ${falseSessions.length}${falseSessions.map((path) => `\n  ${path}`).join('')}`,
    `cells exact: ${share(exact, cells.length)}`,
    `  but for hints and versions of file formats: ${share(definedExact, defined.length)}`,
    ...differences.map(
      (each) =>
        `  ${each.path} ${each.column}: truth ${each.truth}, ours ${each.ours || 'unknown'}; ${explain(each) ?? 'NOT EXPLAINED'}`,
    ),
    `findings that would block: ${findings} in ${accuracy.blocking.length} of ${files} files`,
    ...accuracy.blocking.flatMap((file) => file.findings.map((finding) => `  ${file.path}: ${finding}`)),
    ...accuracy.roundTrips.flatMap(roundTripLines),
  ];
  const changed = accuracy.roundTrips.flatMap(({ format, differences }) =>
    differences.map((difference) => `in ${format}, ${difference}`),
  );
  if (changed.length > 0) {
    const sentence = `Counts are others than the summary's (${changed.length}): ${changed.slice(0, 20).join('; ')}.`;
    return { ok: false, sentence };
  }
  const summary = { files, filesRight, realFiles, realFilesRight, falseSessions };
  const counts = { cells: cells.length, exact, defined: defined.length, definedExact, findings };
  return { ok: true, lines, summary: { ...summary, ...counts } };
}

function roundTripLines({ format, files, equal, written }: RoundTrip): string[] {
  const dropped = Object.entries(written.dropped).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${format} and back, counts as the summary's: ${share(equal, files)}`,
    `  ${written.sessions} sessions, ${written.lines} lines, ${written.bytes} bytes`,
    `  dropped: ${dropped.join(', ') || 'nothing'}`,
  ];
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none there' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)}%)`;
}
