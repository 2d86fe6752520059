import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { localNames } from '#domain/local-name.ts';
import { entriesIn, entryAt } from '../copy/entries.ts';
import { heldBlobs } from '../copy/held.ts';
import { sessionPath, storedPath } from '../copy/layout.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import type { Report } from './finding.ts';
import { gitBlob, type Looked, lookAt } from './hash-file.ts';

interface Watch {
  report: Report;
  /** Bytes that were read, or did not have to be: the same file was read under another name. */
  got(bytes: number): void;
}

/** What is known of the files in `store/` by now, by their sha. A link and its target count once. */
export type Stored = Map<string, 'unread' | 'same' | 'damaged'>;

/** Every sha that has a file in the store, of none of which anything is known yet. */
export async function storedBlobs(copy: string, signal: AbortSignal): Promise<Stored> {
  const stored: Stored = new Map();
  for await (const { sha } of heldBlobs(copy, signal)) if (sha !== null) stored.set(sha, 'unread');
  return stored;
}

/** Reads every file of a row that is here; false where none of the gist is. */
export function checkRow(copy: string, row: ListedRow, stored: Stored, { report, got }: Watch): boolean {
  const folder = sessionPath(row.gist_id, row.gist_version);
  const entries = entriesIn(copy, folder);
  if (entries.length === 0 && entryAt(copy, folder)?.kind !== 'folder') return false;
  const names = localNames(row.files.map(({ name }) => name));
  const expected = new Set(names.values());
  for (const { name, path, kind } of entries) {
    if (!expected.has(name)) report(kind === 'link' ? 'link' : 'unknown', path, row.gist_id);
  }
  for (const { name, bytes, git_blob_sha: sha } of row.files) {
    const path = `${folder}/${names.get(name)}`;
    const looked = lookOnce(copy, path, sha, bytes, stored, got);
    if (looked.kind === 'absent') report('missing', path, row.gist_id);
    else if (looked.kind === 'link') report('link', path, row.gist_id);
    else if (looked.kind === 'damaged') report('damaged', path, row.gist_id, looked.why);
  }
  return true;
}

/** Where the file and the stored one are one file under two names, it is read once, for whichever gist comes first. */
function lookOnce(
  copy: string,
  path: string,
  sha: string,
  bytes: number,
  stored: Stored,
  got: (bytes: number) => void,
): Looked {
  const known = stored.get(sha);
  const here = known === undefined ? null : statsOf(join(copy, path));
  const isOne =
    here?.isFile() === true && here.nlink > 1 && isSame(here, statsOf(join(copy, storedPath(sha))));
  if (isOne && here.size === bytes && known === 'same') {
    got(bytes);
    return { kind: 'same', stats: here };
  }
  const looked = lookAt(join(copy, path), gitBlob(sha, bytes), got);
  if (isOne) stored.set(sha, looked.kind === 'same' ? 'same' : 'damaged');
  return looked;
}

function isSame(one: Stats, other: Stats | null): boolean {
  return other !== null && one.ino === other.ino && one.dev === other.dev;
}

function statsOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Reads those files of the store that were not read under another name. */
export async function checkStore(
  copy: string,
  stored: Stored,
  { report, got }: Watch,
  turn: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for await (const { sha, entry } of heldBlobs(copy, signal)) {
    if (sha === null) {
      report(entry.kind === 'link' ? 'link' : 'unknown', entry.path, null);
      continue;
    }
    if (stored.get(sha) !== 'unread') continue;
    const looked = lookAt(join(copy, entry.path), gitBlob(sha, null), got);
    if (looked.kind === 'damaged') report('damaged', entry.path, null, looked.why);
    await turn();
  }
}
