import { admitGist } from '#domain/gist.ts';
import { compareGist, stepAfter, type Verdict } from '#domain/recheck.ts';
import { readGist, readHeadRevision } from '#github/gists.ts';
import { inspectGist } from '#inspect/inspect-gist.ts';
import { type DueRecheck, markChecked } from '#sql/queries/due-rechecks.ts';
import { keepEdited, keepRecovered, keepRenamed, keepSame, keepTooLarge, type Read } from './keep.ts';
import type { Looking } from './look.ts';
import { troubleOf } from './patience.ts';
import type { Trouble } from './tools.ts';

/**
 * Reads a row's gist and writes what follows from it; a loss is kept for the verdict. Null, or why nothing is known:
 * then nothing is changed.
 */
export async function readRow(
  row: DueRecheck,
  pushedAt: Date | null,
  looking: Looking,
): Promise<Trouble | null> {
  const { tools, patiently } = looking;
  const at = tools.now();
  const reading = await patiently(() => readGist(tools.github, row.gistId));
  if (reading.kind === 'too_large') return readTooLarge(row, pushedAt, looking);
  if (reading.kind === 'missing') return conclude(row, compareGist(row, null), null, looking);
  if (reading.kind !== 'gist') return troubleOf(reading);
  const { gist, inline } = reading;
  const { owner } = gist;
  const verdict = compareGist(row, gist);
  if (owner === null || verdict.kind === 'unknown') return { kind: 'down', why: 'it names no owner' };
  return conclude(row, verdict, { gist: { ...gist, owner }, inline, at, pushedAt }, looking);
}

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

/** A gist of more files than we read is not the one that was approved, if its head is another. */
async function readTooLarge(
  row: DueRecheck,
  pushedAt: Date | null,
  { tools, patiently, found, input }: Looking,
): Promise<Trouble | null> {
  const at = tools.now();
  const head = await patiently(() => readHeadRevision(tools.github, row.gistId));
  if (head.kind === 'missing') return { kind: 'down', why: 'it was there, and then it was not' };
  if (head.kind !== 'revision') return troubleOf(head);
  const { revision } = head;
  if (revision === row.revision) return { kind: 'down', why: 'its answer is too large' };
  found.counts.checked += 1;
  found.owners.add(row.ownerId);
  if (!input.dryRun && !(await keepTooLarge(tools.db, row, { revision, at, pushedAt }))) return null;
  found.counts.changed += 1;
  tools.log(`Gist ${row.gistId} was edited, and is too large now.`);
  return null;
}
