import { admitGist } from '#domain/gist.ts';
import { compareGist, stepAfter, type Verdict } from '#domain/recheck.ts';
import { readGist, readHeadRevision } from '#github/gists.ts';
import { inspectGist } from '#inspect/inspect-gist.ts';
import { type DueRecheck, markChecked } from '#sql/queries/due-rechecks.ts';
import { keepEdited, keepRecovered, keepRenamed, keepSame, keepUnread, type Read } from './keep.ts';
import type { Looking } from './look.ts';
import { troubleOf } from './patience.ts';
import type { Trouble } from './tools.ts';

/**
 * Reads a row's gist and writes what follows from it; a loss is kept for the verdict. Null, or why GitHub's
 * answer could not be had: then nothing is changed.
 */
export async function readRow(
  row: DueRecheck,
  pushedAt: Date | null,
  looking: Looking,
): Promise<Trouble | null> {
  const { tools, patiently } = looking;
  const at = tools.now();
  const reading = await patiently(() => readGist(tools.github, row.gistId));
  if (reading.kind === 'too_large') return readHead(row, pushedAt, 'its answer is too large', looking);
  if (reading.kind === 'missing') return conclude(row, compareGist(row, null), null, looking);
  if (reading.kind !== 'gist') {
    const trouble = troubleOf(reading);
    return trouble.kind === 'down' ? readHead(row, pushedAt, trouble.why, looking) : trouble;
  }
  const { gist, inline } = reading;
  const { owner } = gist;
  const verdict = compareGist(row, gist);
  if (owner === null || verdict.kind === 'unknown') {
    return answered(row, 'it names no owner', looking);
  }
  return conclude(row, verdict, { gist: { ...gist, owner }, inline, at, pushedAt }, looking);
}

/** GitHub answers, and not about this gist: many of these one after another are no reason to stop before the others. */
function answered({ gistId }: DueRecheck, why: string, { tools, found }: Looking): null {
  found.counts.failed += 1;
  tools.log(unreadLine(gistId, why));
  return null;
}

/** What an operator is told of a gist of which nothing is known. */
export const unreadLine = (gistId: string, why: string) =>
  `Gist ${gistId} could not be read (${why}), and stays as it is.`;

type Whole = Read & { inline: Parameters<typeof inspectGist>[2] };

/** Writes what follows from a verdict. `read` is null where the gist is missing. */
async function conclude(
  row: DueRecheck,
  verdict: Exclude<Verdict, { kind: 'unknown' }>,
  read: Whole | null,
  { tools, found, input }: Looking,
): Promise<null> {
  const { counts } = found;
  const { db, log } = tools;
  const step = stepAfter(row, verdict, tools.now());
  counts.checked += 1;
  found.owners.add(row.ownerId);
  const would = (does: string, wouldDo: string) => (input.dryRun ? wouldDo : does);

  if (step === 'lose' || step === 'give_up') {
    const availability = verdict.kind === 'lost' && step === 'lose' ? verdict.availability : 'gone';
    found.losses.push({ row, move: step, availability });
    found.lostOwners.add(row.ownerId);
  } else if (step === 'wait' || read === null) {
    if (!input.dryRun) await markChecked(db, [row.gistId], tools.now());
  } else if (step === 'verify') {
    if (!input.dryRun) await keepSame(db, row, read);
  } else if (step === 'edit') {
    const made =
      admitGist(read.gist, row.ownerId).ok && !input.dryRun
        ? await inspectGist(tools.github, read.gist, read.inline)
        : null;
    const inspection = made?.kind === 'inspection' ? made.inspection : null;
    if (!input.dryRun && !(await keepEdited(db, row, read, inspection))) return null;
    counts.changed += 1;
    log(`Gist ${row.gistId} was edited: a moderator ${would('reads', 'would read')} it again.`);
  } else if (step === 'rename') {
    if (!input.dryRun && !(await keepRenamed(db, row, read))) return null;
    counts.renamed += 1;
  } else {
    if (!input.dryRun && !(await keepRecovered(db, row, read))) return null;
    counts.restored += 1;
    log(`Gist ${row.gistId} is there again: it ${would('is', 'would be')} restored.`);
  }
  return null;
}

/**
 * A gist that cannot be read, because it is too large for us or for GitHub, is not the one that was approved, if its head
 * is another. `why` it could not be read.
 */
async function readHead(
  row: DueRecheck,
  pushedAt: Date | null,
  why: string,
  looking: Looking,
): Promise<Trouble | null> {
  const { tools, patiently, found, input } = looking;
  const at = tools.now();
  const head = await patiently(() => readHeadRevision(tools.github, row.gistId));
  const trouble = head.kind === 'revision' || head.kind === 'missing' ? null : troubleOf(head);
  if (trouble !== null && trouble.kind !== 'down') return trouble;
  if (head.kind !== 'revision') return { kind: 'down', why };
  const { revision } = head;
  if (revision === row.revision && row.state === 'approved') return answered(row, why, looking);
  found.counts.checked += 1;
  found.owners.add(row.ownerId);
  if (revision === row.revision) {
    // It waits for a moderator, who will read what there is: no more needs to be known than its head.
    if (!input.dryRun) await markChecked(tools.db, [row.gistId], at);
    return null;
  }
  if (!input.dryRun && !(await keepUnread(tools.db, row, { revision, at, pushedAt }))) return null;
  found.counts.changed += 1;
  tools.log(`Gist ${row.gistId} was edited, and cannot be read now (${why}).`);
  return null;
}
