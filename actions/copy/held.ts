import { setImmediate } from 'node:timers/promises';
import { type Entry, entriesIn, entriesOf } from './entries.ts';
import { sessionPath, storedPath } from './layout.ts';

const twoCharacters = /^[0-9a-f]{1,2}$/;
const gistId = /^[0-9a-f]{1,64}$/;
const sha = /^[0-9a-f]{40}$/;

/** What is in `sessions/`. */
export type HeldGist =
  | { kind: 'gist'; gistId: string; path: string; revisions: Entry[] }
  /** Nothing that was put there by us, and whose place it has. */
  | { kind: 'stranger'; entry: Entry; gistId: string | null };

/** Every gist's folder in the copy, and whatever else stands between. No link is followed. */
export async function* heldGists(copy: string, signal: AbortSignal): AsyncGenerator<HeldGist> {
  for (const group of entriesIn(copy, 'sessions')) {
    await setImmediate();
    signal.throwIfAborted();
    if (!isGroup(group)) {
      yield { kind: 'stranger', entry: group, gistId: null };
      continue;
    }
    for (const entry of entriesOf(copy, group.path)) {
      const id = gistId.test(entry.name) ? entry.name : null;
      if (id === null || entry.kind !== 'folder') {
        yield { kind: 'stranger', entry, gistId: id };
        continue;
      }
      const revisions: Entry[] = [];
      for (const revision of entriesOf(copy, entry.path)) {
        const isOne = revision.kind === 'folder' && sha.test(revision.name);
        if (isOne && revision.path === sessionPath(id, revision.name)) revisions.push(revision);
        else yield { kind: 'stranger', entry: revision, gistId: id };
      }
      yield { kind: 'gist', gistId: id, path: entry.path, revisions };
    }
  }
}

/** Every file of `store/` by its git blob sha; `sha` is null for whatever else is there. */
export async function* heldBlobs(
  copy: string,
  signal: AbortSignal,
): AsyncGenerator<{ sha: string | null; entry: Entry }> {
  for (const group of entriesIn(copy, 'store')) {
    await setImmediate();
    signal.throwIfAborted();
    if (!isGroup(group)) {
      yield { sha: null, entry: group };
      continue;
    }
    for (const entry of entriesOf(copy, group.path)) {
      const isOne = entry.kind === 'file' && sha.test(entry.name) && entry.path === storedPath(entry.name);
      yield { sha: isOne ? entry.name : null, entry };
    }
  }
}

function isGroup({ kind, name }: Entry): boolean {
  return kind === 'folder' && twoCharacters.test(name);
}
