import type { ReleaseRepository } from '#github/release-repository.ts';
import {
  publishDraft,
  type Release,
  type ReleaseAnswer,
  type ReleaseWords,
  showRelease,
} from '#github/releases.ts';
import type { PlannedAsset } from './assets.ts';
import { difference } from './compare.ts';
import { patiently, type Waiting } from './patience.ts';

export type Published =
  | { kind: 'published'; release: Release }
  /** Public, but not with the files that were planned: these are missing, other ones, or too many. */
  | { kind: 'otherwise'; release: Release; names: string[] };

/**
 * Publishes a draft that is filled, and looks at what is public then. Asked again where the answer is lost: the draft is
 * looked at first, because somebody else, or the request that was not answered, may have published it.
 */
export async function publishAndCheck(
  repository: ReleaseRepository,
  draft: Release,
  words: ReleaseWords,
  planned: readonly PlannedAsset[],
  waiting: Waiting,
): Promise<ReleaseAnswer<Published>> {
  const published = await patiently(waiting, async () => {
    const now = await showRelease(repository, draft.id);
    return now.kind === 'ok' && now.value.draft ? publishDraft(repository, draft, words) : now;
  });
  return published.kind === 'ok' ? checkPublished(repository, published.value, planned, waiting) : published;
}

/** Does a public release hold what was planned? */
export async function checkPublished(
  repository: ReleaseRepository,
  release: Release,
  planned: readonly PlannedAsset[],
  waiting: Waiting,
): Promise<ReleaseAnswer<Published>> {
  const found = await difference(repository, release, planned, new Map(), waiting);
  if (found.kind !== 'ok') return found;
  const names = [...found.value.missing, ...found.value.surplus].map(({ name }) => name);
  const value: Published =
    names.length === 0
      ? { kind: 'published', release }
      : { kind: 'otherwise', release, names: [...new Set(names)] };
  return { kind: 'ok', value };
}
