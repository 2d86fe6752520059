import type { Release } from '#github/releases.ts';

/** What there is of the releases of snapshots. */
export interface Standing {
  /** The release of this snapshot. */
  published: Release | null;
  /** Drafts of it, oldest first. */
  drafts: Release[];
  /** The newest published release of an earlier snapshot, and that snapshot's id. */
  last: { id: string; release: Release } | null;
  /** The newest published release of a later snapshot. */
  later: Release | null;
  /** Drafts of earlier snapshots, which nobody finished. */
  unfinished: Release[];
}

export const tagOf = (id: string): string => `dataset-${id}`;
const datasetTag = /^dataset-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z)$/;

/** Sorts a repository's releases, from the view of one snapshot. Ids are times of one length, so their order is theirs. */
export function standingOf(id: string, releases: readonly Release[]): Standing {
  const ofSnapshots = releases
    .flatMap((release) => {
      const snapshot = datasetTag.exec(release.tag)?.[1];
      return snapshot === undefined ? [] : [{ id: snapshot, release }];
    })
    .sort((a, b) => (a.id === b.id ? a.release.id - b.release.id : a.id < b.id ? -1 : 1));
  const published = ofSnapshots.filter(({ release }) => !release.draft);
  const drafts = ofSnapshots.filter(({ release }) => release.draft);
  return {
    published: published.find((one) => one.id === id)?.release ?? null,
    drafts: drafts.filter((one) => one.id === id).map(({ release }) => release),
    last: published.findLast((one) => one.id < id) ?? null,
    later: published.findLast((one) => one.id > id)?.release ?? null,
    unfinished: drafts.filter((one) => one.id < id).map(({ release }) => release),
  };
}
