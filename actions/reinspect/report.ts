import type { JobResult } from '../job.ts';
import type { Counts, Outcome } from './run.ts';

/** Tells what a reinspection did: lines for people, a summary for programs, or why it stopped. */
export function report({ kind, due, counts, retryAfter }: Outcome, dryRun: boolean): JobResult {
  const lines = linesOf(counts, dryRun);
  const sofar = lines.length === 0 ? '' : ` ${lines.join(' ')}`;
  switch (kind) {
    case 'limited':
      return {
        ok: false,
        sentence: `GitHub is limiting our requests. Run this again in ${retryAfter} s, and it goes on with the rest.${sofar}`,
      };
    case 'down':
      return {
        ok: false,
        sentence: `GitHub is not answering properly. Run this again later, and it goes on with the rest.${sofar}`,
      };
    case 'done':
      return {
        ok: true,
        lines: due === 0 ? ['Every row was inspected by the rules of today.'] : lines,
        summary: { dry_run: dryRun, due, ...counts },
      };
  }
}

function linesOf({ kept, suspect, update, outdated, left, failed }: Counts, dryRun: boolean): string[] {
  const inspected = kept + suspect + update;
  const told: [number, string][] = [
    [inspected, `Inspected: ${inspected}${dryRun ? ', and nothing was written' : ''}.`],
    [update, `Of these, the dataset tells something else of ${update}.`],
    [suspect, `Suspended for a secret: ${suspect}.`],
    [outdated, `Decided or withdrawn meanwhile: ${outdated}.`],
    [left, `Left to the recheck, because the gist is not as it was: ${left}.`],
    [failed, `Not read, because GitHub failed: ${failed}.`],
  ];
  return told.filter(([count]) => count > 0).map(([, line]) => line);
}
