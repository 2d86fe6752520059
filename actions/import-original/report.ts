import type { JobResult } from '../job.ts';
import type { Outcome } from './run.ts';

/** Lines about single rows; of the rest, there is the number. */
const mostTold = 50;

/** Tells what was taken over: lines for people, a summary for programs. */
export function report(outcome: Outcome, dryRun: boolean): JobResult {
  const { read, counts, states, skipped, removedThere, rows, lines, moderators } = outcome;
  const told: [number, string][] = [
    [
      counts.new,
      `${dryRun ? 'To be taken over' : 'Taken over'}: ${counts.new}. They were pending (${states.pending}), approved (${states.approved}), rejected (${states.rejected}) or removed (${states.removed}) there.`,
    ],
    [
      states.pending + states.approved,
      `Of these, ${states.pending + states.approved} wait for their owners to confirm them, and are listed nowhere before.`,
    ],
    [counts.moved, `Moved there since they were taken over: ${counts.moved}.`],
    [lines, `Written: ${rows} rows, ${lines} lines of the log.`],
    [counts.same, `Here already, as they are there: ${counts.same}.`],
    [counts.left, `Touched by somebody here, and left as they are: ${counts.left}.`],
    [skipped.length, `Left out: ${skipped.length}.`],
  ];
  return {
    ok: true,
    lines: [
      `Read ${read} submissions${dryRun ? ', and wrote nothing' : ''}.`,
      ...told.filter(([count]) => count > 0).map(([, line]) => line),
      ...some(skipped.map(({ id, because }) => `Submission ${id.slice(0, 60)} is left out: ${because}.`)),
      ...some(
        removedThere.map(
          (gistId) =>
            `Gist ${gistId} was removed there, and stands here: decide about it at /moderation/${gistId}.`,
        ),
      ),
      ...(moderators.length > 0
        ? [
            `Moderators there: ${moderators.join(',')}. Here it is who is in MODERATOR_GITHUB_IDS, and nobody else.`,
          ]
        : []),
    ],
    summary: {
      dry_run: dryRun,
      read,
      ...counts,
      were: states,
      skipped: skipped.length,
      removed_there: removedThere.length,
      rows,
      log_lines: lines,
    },
  };
}

function some(lines: readonly string[]): string[] {
  if (lines.length <= mostTold) return [...lines];
  return [...lines.slice(0, mostTold), `And ${lines.length - mostTold} more.`];
}
