import type { Bucket } from '../bucket/bucket.ts';
import type { JobResult } from '../job.ts';
import type { Outcome } from './run.ts';

/** Tells what a refresh did: lines for people, a summary for programs, or why it would not. */
export function report(
  outcome: Outcome,
  { title, publicPlace }: Pick<Bucket, 'title' | 'publicPlace'>,
): JobResult {
  if (outcome.kind === 'busy') {
    return {
      ok: false,
      sentence:
        'Another job is exporting, publishing or releasing, and has not ended for a while. Run this again when it has.',
    };
  }
  const { status, added, finished } = outcome;
  const { counts, removed, last_recheck: recheck } = status;
  const planned = outcome.kind === 'planned';
  const changes = added ? (planned ? 'would get new lines' : 'has new lines') : 'is as it was';
  return {
    ok: true,
    lines: [
      `Listed: ${counts.listed}, suspended: ${counts.suspended}, departed: ${counts.departed}`,
      recheck === null
        ? 'No recheck has ended yet.'
        : `Last recheck: ${recheck.finished_at}, ${recheck.checked} checked`,
      `latest/removed.ndjson ${changes}; departures so far: ${removed.lines}`,
      ...(finished === null
        ? []
        : [`Snapshot ${finished} was published by an earlier run; the history knows it now.`]),
      planned
        ? `Nothing was written to ${title}.`
        : `${publicPlace}/latest/status.json tells of ${status.generated_at}`,
    ],
    summary: { refreshed: !planned, added, place: publicPlace, finished, ...status },
  };
}
