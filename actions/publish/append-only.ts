import type { Bucket, Content } from '../bucket/bucket.ts';

export const latestRemoved = 'latest/removed.ndjson';

/** What there is to do with the departures in `latest`, so that lines are only ever added to them. */
export type Extension =
  /** What is there goes on with these lines, or is not there at all; its tag, or null. */
  | { kind: 'extends'; tag: string | null }
  /** All of these lines are there, and perhaps more. */
  | { kind: 'holds' }
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
  return place >= ours.bytes ? { kind: 'holds' } : { kind: 'extends', tag: theirs.tag };
}
