import type { JobResult } from '../job.ts';
import type { Input, Outcome } from './tools.ts';

/** Tells what a recheck did: lines for people, a summary for programs, or why it failed. */
export function report(outcome: Outcome, { dryRun, shard }: Pick<Input, 'dryRun' | 'shard'>): JobResult {
  const { ended, due, counts, lapsed, reinspected } = outcome;
  const lines = linesOf(outcome, dryRun);
  if (ended.kind !== 'done') return { ok: false, sentence: [sentenceOf(ended), ...lines].join(' ') };
  const { apiCalls, ...rest } = counts;
  return {
    ok: true,
    lines: due === 0 && lines.length === 0 ? ['There is no gist to check.'] : lines,
    summary: {
      dry_run: dryRun,
      shard: `${shard.index}/${shard.of}`,
      due,
      ...rest,
      api_calls: apiCalls,
      lapsed,
      reinspected,
    },
  };
}

const token = 'Set GITHUB_API_TOKEN to a fine-grained personal access token without any permission';

function sentenceOf(ended: Exclude<Outcome['ended'], { kind: 'done' }>): string {
  switch (ended.kind) {
    case 'limited':
      return `GitHub is limiting our requests. Run this again in ${ended.retryAfter} s, and it goes on with the gists checked longest ago.`;
    case 'down':
      return `GitHub is not answering properly (${ended.why}). No gist was taken to be missing for it; run this again later.`;
    case 'credentials':
      return ended.refused === 'unknown'
        ? `GitHub does not know the credentials that gists are read with: GITHUB_API_TOKEN, or GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET without it. ${token}, or correct them.`
        : `Gists cannot be read with the token of an app's installation, such as the GITHUB_TOKEN of GitHub Actions. ${token}.`;
    case 'refused':
      return `Gists of ${ended.lostOwners} of ${ended.checkedOwners} owners were missed at once, which is more likely GitHub's trouble than theirs, so none was suspended. Look at some of them; if they are really away, run this again with --force.`;
    case 'canary':
      return `The canary gist ${ended.gistId} is not there as a public gist, so no gist was taken to be missing. Bring it back, or set RECHECK_CANARY_GIST_ID to another gist, then run this again.`;
  }
}

function linesOf({ counts, lapsed, reinspected }: Outcome, dryRun: boolean): string[] {
  const { checked, changed, renamed, suspended, gone, restored, held, failed } = counts;
  const inspected = reinspected ? reinspected.kept + reinspected.suspect + reinspected.update : 0;
  const told: [number, string][] = [
    [checked, `Checked: ${checked}${dryRun ? ', and nothing was written' : ''}.`],
    [changed, `Edited, and waiting for a moderator: ${changed}.`],
    [renamed, `Of an owner with another login now: ${renamed}.`],
    [suspended, `Suspended: ${suspended}.`],
    [gone, `Gone for good: ${gone}.`],
    [restored, `Restored: ${restored}.`],
    [held, `Missed, and left as they are: ${held}.`],
    [failed, `Not read, because GitHub failed: ${failed}; they come first next time.`],
    [lapsed, `Quarantines that nobody decided in time: ${lapsed}.`],
    [inspected, `Inspected again by newer rules: ${inspected}.`],
    [reinspected?.suspect ?? 0, `Of these, suspended for a secret: ${reinspected?.suspect}.`],
    [reinspected?.failed ?? 0, `Not inspected, because GitHub failed: ${reinspected?.failed}.`],
  ];
  return told.filter(([count]) => count > 0).map(([, line]) => line);
}
