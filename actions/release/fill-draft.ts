import type { ReleaseRepository } from '#github/release-repository.ts';
import {
  deleteDraftAsset,
  type Release,
  type ReleaseAnswer,
  type ReleaseAsset,
  uploadAsset,
} from '#github/releases.ts';
import type { Tally } from '../tally.ts';
import type { PlannedAsset } from './assets.ts';
import { difference, isSame } from './compare.ts';
import { patiently, type Waiting, waitAfter } from './patience.ts';

export interface Filling extends Waiting {
  /** Takes a line worth telling the operator. */
  log(line: string): void;
  /** Called now and then with how far it has come. */
  tally(tally: Tally): void;
}

export type Filled =
  | { kind: 'filled'; uploaded: number }
  /** Somebody published the release meanwhile. */
  | { kind: 'published' }
  /** GitHub keeps other bytes than these files have. */
  | { kind: 'altered'; names: string[] };

/** GitHub wants a second between requests that make something, in milliseconds. */
const pause = 1000;
/** So often a file is uploaded before we believe that GitHub will not keep it as it is. */
const mostUploads = 3;

/**
 * Brings a draft's assets to what is planned, whatever an earlier run left there: what fits stays, everything else is
 * deleted and uploaded again. Answers only once GitHub's own digests say that every file is right.
 */
export async function fillDraft(
  repository: ReleaseRepository,
  draft: Release,
  planned: readonly PlannedAsset[],
  filling: Filling,
): Promise<ReleaseAnswer<Filled>> {
  const { signal, sleep } = filling;
  const hashes = new Map<number, string>();
  const uploads = new Map<string, number>();
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    const found = await difference(repository, draft, planned, hashes, filling);
    if (found.kind !== 'ok') return found;
    const { missing, surplus } = found.value;
    if (isSame(found.value)) return done({ kind: 'filled', uploaded: uploads.size });
    const altered = missing.map(({ name }) => name).filter((name) => (uploads.get(name) ?? 0) >= mostUploads);
    if (altered.length > 0) return done({ kind: 'altered', names: altered });

    const cleared = await clear(repository, draft, surplus, filling);
    if (cleared.kind !== 'ok') return cleared;
    if (cleared.value === 'published') return done({ kind: 'published' });
    for (const asset of missing) {
      const answer = await uploadAsset(repository, draft, asset, watchOf(asset, planned, filling));
      if (answer.kind === 'ok') {
        failures = 0;
        uploads.set(asset.name, (uploads.get(asset.name) ?? 0) + 1);
        await sleep(pause, signal);
        continue;
      }
      if (answer.kind === 'refused' && answer.why === 'immutable') return done({ kind: 'published' });
      failures += 1;
      // A name that is taken was taken by an upload whose answer was lost: the next look finds out.
      const lost = answer.kind === 'refused' && answer.why === 'taken';
      const wait = waitAfter(lost ? { kind: 'unavailable', retryAfter: 1 } : answer, failures);
      if (wait === null) return answer;
      filling.log(`The upload of ${asset.name} broke off; it is looked after and tried again.`);
      await sleep(wait, signal);
      break;
    }
  }
}

const done = (value: Filled): ReleaseAnswer<Filled> => ({ kind: 'ok', value });

async function clear(
  repository: ReleaseRepository,
  draft: Release,
  surplus: readonly ReleaseAsset[],
  filling: Filling,
): Promise<ReleaseAnswer<'deleted' | 'published'>> {
  for (const asset of surplus) {
    const answer = await patiently(filling, () => deleteDraftAsset(repository, draft, asset));
    if (answer.kind !== 'ok' || answer.value === 'published') return answer;
    filling.log(`An asset of the draft was not as it should be and is deleted: ${asset.name.slice(0, 100)}.`);
    await filling.sleep(pause, filling.signal);
  }
  return { kind: 'ok', value: 'deleted' };
}

function watchOf(asset: PlannedAsset, planned: readonly PlannedAsset[], { tally, signal }: Filling) {
  const before = planned.slice(0, planned.indexOf(asset)).reduce((sum, { bytes }) => sum + bytes, 0);
  const all = planned.reduce((sum, { bytes }) => sum + bytes, 0);
  let sent = 0;
  return {
    signal,
    onBytes(bytes: number) {
      sent += bytes;
      tally({ done: megabytes(before + sent), total: megabytes(all), unit: 'MB', note: asset.name });
    },
  };
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
