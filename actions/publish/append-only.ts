import type { Bucket, Content, Watch } from '../bucket/bucket.ts';
import { JobFailure } from '../failure.ts';

export const latestRemoved = 'latest/removed.ndjson';

/** What may be wrong where a bucket has what this database does not know of. */
export const otherHistory =
  'Another database publishes there, or this one was set back: correct the bucket that is named, or do as docs/operations.md says under "Restoring".';

/** What there is to do with the departures in `latest`, so that lines are only ever added to them. */
export type Extension =
  /** What is there goes on with these lines, or is not there at all; its tag, or null. */
  | { kind: 'extends'; tag: string | null }
  /** These lines are there, and nothing else; or these, and then others. */
  | { kind: 'same' }
  | { kind: 'goes_on' }
  /** Other lines are there. */
  | { kind: 'differs' };

/** Compares departures with those in a bucket, byte by byte, a piece at a time. */
export async function compareRemoved(bucket: Bucket, ours: Content): Promise<Extension> {
  const theirs = await bucket.read(latestRemoved);
  if (theirs === null) return { kind: 'extends', tag: null };
  let place = 0;
  for await (const piece of theirs.body) {
    const end = Math.min(place + piece.length, ours.bytes);
    if (place < end) {
      const same = await ours.slice(place, end);
      if (!same.equals(piece.subarray(0, end - place))) return { kind: 'differs' };
    }
    place += piece.length;
  }
  if (place === ours.bytes) return { kind: 'same' };
  return place > ours.bytes ? { kind: 'goes_on' } : { kind: 'extends', tag: theirs.tag };
}

/** Puts departures in place of those they go on from, as `compareRemoved` found them. Throws JobFailure if it cannot be. */
export async function extendRemoved(
  bucket: Bucket,
  ours: Content,
  compared: Extension,
  watch: Watch,
): Promise<void> {
  if (compared.kind !== 'extends') throw new JobFailure(removedDiffers(bucket));
  if ((await bucket.replace(latestRemoved, ours, watch, compared.tag)) === 'replaced') return;
  throw new JobFailure(
    `Something else wrote ${latestRemoved} in ${bucket.title} meanwhile. See that one database alone publishes there, then run this again.`,
  );
}

/** What to tell of departures in a bucket that ours do not go on from. */
export function removedDiffers(bucket: Bucket): string {
  return `${latestRemoved} in ${bucket.title} holds lines that this database's departures do not begin with, and lines are only ever added to it. ${otherHistory} Nothing was overwritten.`;
}
