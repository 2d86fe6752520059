import type { BlobStore } from './blob-store.ts';
import { revisionOf, type TreeFile } from './git-hash.ts';
import { type LineChanges, lineChanges } from './line-changes.ts';

/** One revision of a gist that was seen. */
export interface Revision {
  /** 40 hex digits. */
  version: string;
  /** Milliseconds, whole seconds. Later than that of the revision before. */
  committedAt: number;
  files: readonly TreeFile[];
  change: LineChanges;
}

const mostRevisions = 1000;

function changesBetween(
  before: readonly TreeFile[],
  after: readonly TreeFile[],
  blobs: BlobStore,
): LineChanges {
  const sum = { additions: 0, deletions: 0 };
  for (const name of new Set([...before, ...after].map((file) => file.name))) {
    const old = before.find((file) => file.name === name)?.blob;
    const now = after.find((file) => file.name === name)?.blob;
    if (old === now) continue;
    const change = lineChanges(old ? blobs.read(old) : undefined, now ? blobs.read(now) : undefined);
    sum.additions += change.additions;
    sum.deletions += change.deletions;
  }
  return sum;
}

function sameFiles(one: readonly TreeFile[], other: readonly TreeFile[]): boolean {
  return (
    one.length === other.length &&
    one.every((file, index) => file.name === other[index]?.name && file.blob === other[index]?.blob)
  );
}

/** Remembers the revisions of each gist for as long as the process lives, newest first. */
export function createHistories(blobs: BlobStore) {
  const histories = new Map<string, Revision[]>();

  /** Notes the gist's files as they are now and returns its history, which begins with them. */
  return function note(gistId: string, files: readonly TreeFile[], modified: number): readonly Revision[] {
    const history = histories.get(gistId) ?? [];
    const last = history[0];
    if (last && sameFiles(last.files, files)) return history;
    const version = revisionOf(gistId, files);

    // GitHub's times have whole seconds; two edits within one second must still be told apart by their time.
    const floor = Math.floor(modified / 1000) * 1000;
    const committedAt = last ? Math.max(floor, last.committedAt + 1000) : floor;
    const change = changesBetween(last?.files ?? [], files, blobs);
    const older = history.filter((revision) => revision.version !== version).slice(0, mostRevisions - 1);
    const next = [{ version, committedAt, files, change }, ...older];
    histories.set(gistId, next);
    return next;
  };
}
