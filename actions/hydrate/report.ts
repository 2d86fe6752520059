import { bytesText } from '#domain/bytes-text.ts';
import { atWork } from '../copy/lock.ts';
import { outcomes, type Outcome as Status } from '../copy/status-line.ts';
import { count } from '../copy/words.ts';
import type { JobResult } from '../job.ts';
import type { Closed } from './host/pace.ts';
import type { Hydrated, Outcome } from './run.ts';

/** Exit code of a run that ended with something left to do, or not as it should be. */
const unfinished = 3;

/** What it means to be counted under a status, after the number of gists. */
const meanings: Readonly<Record<Status, string>> = {
  ok: 'here, as the snapshot says',
  changed: 'not listed at this revision any more',
  gone: 'gone',
  secret: 'made secret by their owners',
  too_large: 'larger than was asked for',
  rate_limited: 'left for the next run, because the raw host limits how much may be asked',
  hash_mismatch: 'served with other bytes than the snapshot says, and not kept',
  error: 'not fetched',
};

/** Tells what a hydrate did to a copy: lines for people, a summary for programs, or why it did nothing. */
export function report(outcome: Outcome, copy: string): JobResult & { exitCode?: number } {
  if (outcome.kind === 'busy') {
    return {
      ok: false,
      sentence: atWork(copy),
    };
  }
  const { counts, unlisted, requests, received, written, closed, firstError } = outcome;
  const status = `${copy}/${outcome.status}`;
  const gists = outcomes.reduce((sum, one) => sum + counts[one], 0);
  const isLeft = counts.rate_limited + counts.error + counts.hash_mismatch > 0;
  return {
    ok: true,
    lines: [
      gists === 0
        ? 'The snapshot has no session that was asked for. Run stats without a selection to see what there is.'
        : `${count(gists, 'gist', 'gists')} ${unlisted === 0 ? 'of' : 'asked of'} the snapshot ${outcome.snapshot}${unlistedWords(unlisted)}:`,
      ...outcomes
        .filter((one) => counts[one] > 0)
        .map((one) => `  ${one}: ${counts[one].toLocaleString('en-GB')} ${meanings[one]}`),
      ...(firstError === null ? [] : [`  The first error: ${firstError}`]),
      `${count(requests, 'request', 'requests')} to the raw host, ${bytesText(received)}.`,
      `Sessions are in ${copy}/sessions, and what became of each gist in ${status}.`,
      ...written.flatMap(({ format, written: { sessions, bytes, dropped } }) => [
        `${count(sessions, 'session', 'sessions')} in ${copy}/${format}, ${bytesText(bytes)}.`,
        ...droppedLine(dropped),
      ]),
      ...nextSteps(outcome),
    ],
    summary: {
      snapshot: outcome.snapshot,
      copy,
      gists,
      ...counts,
      unlisted,
      requests,
      received_bytes: received,
      status,
      formats: Object.fromEntries(written.map(({ format, written: figures }) => [format, figures])),
      run_again_at: againAt(closed),
    },
    ...(isLeft ? { exitCode: unfinished } : {}),
  };
}

/** What a format could not hold, in the words its list of it has. */
function droppedLine(dropped: Readonly<Record<string, number>>): string[] {
  const kinds = Object.entries(dropped).map(
    ([kind, number]) => `${kind.replaceAll('_', ' ')} ${number.toLocaleString('en-GB')}`,
  );
  return kinds.length === 0
    ? []
    : [`  It cannot hold: ${kinds.join(', ')}. Its dropped.ndjson has them session by session.`];
}

const unlistedWords = (unlisted: number) =>
  unlisted === 0 ? '' : `, which does not list ${unlisted.toLocaleString('en-GB')} of them`;

function nextSteps({ counts, closed }: Hydrated): string[] {
  const steps: string[] = [];
  const at = againAt(closed);
  if (at !== null) steps.push(`Run this again after ${at.slice(0, 16).replace('T', ' ')} UTC to go on.`);
  else if (counts.rate_limited > 0) steps.push('Run this again later to go on.');
  if (closed?.kind === 'down') steps.push(`The raw host was given up. ${closed.why} Run this again later.`);
  else if (counts.error > 0) steps.push('Run this again to try once more what was not fetched.');
  if (counts.hash_mismatch > 0) {
    steps.push('If other bytes are served again next time, tell the index about it.');
  }
  if (counts.changed + counts.gone + counts.secret > 0) {
    steps.push('Run purge to see what of those that left is still in the copy.');
  }
  return steps;
}

function againAt(closed: Closed | null): string | null {
  return closed?.kind === 'limited' ? new Date(closed.againAt).toISOString() : null;
}
