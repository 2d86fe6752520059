import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { localNames } from '#domain/local-name.ts';
import { sessionPath } from '../copy/layout.ts';
import type { ListedFile, ListedRow } from '../copy/listed-row.ts';
import type { Outcome, StatusLine } from '../copy/status-line.ts';
import type { ApiLook } from './host/api-look.ts';
import type { Fetched } from './host/fetch-file.ts';
import { type RawHosts, rawPath } from './host/raw-address.ts';
import { isBlob } from './store/blob-check.ts';
import type { Folders } from './store/folders.ts';
import { removeOtherRevisions } from './store/older-revisions.ts';
import { isFileOf, type Store } from './store/store.ts';

/** What became of a gist, and the files of it that are here. */
export type Brought = Pick<StatusLine, 'status' | 'why' | 'files'>;

export interface Bringing {
  folders: Folders;
  store: Store;
  fetch(path: string, file: ListedFile): Promise<Fetched>;
  hosts: RawHosts;
  /** Most bytes of a gist. */
  maxBytes: number;
  /** Hash what is here, too. */
  recheck: boolean;
  api: ApiLook | null;
}

/** A file, its safe name, and the path to ask the raw host for. */
interface Wanted {
  file: ListedFile;
  name: string;
  raw: string;
}

type Failure = Exclude<Fetched, { kind: 'stored' }>;

/** Another shard may take away what the store had a moment ago. */
const rounds = 3;

export const without = (status: Outcome, why: string): Brought => ({ status, why, files: [] });

/** Brings a gist's files to their folder: those that are not here, from the store where it has them, else from the host. */
export async function bringGist(row: ListedRow, bringing: Bringing): Promise<Brought> {
  const bytes = row.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > bringing.maxBytes) {
    return without('too_large', `Its files have ${bytes} bytes together, more than were asked for.`);
  }
  const wanted = wantedOf(row, bringing.hosts);
  if (typeof wanted === 'string') return without('error', wanted);
  for (let round = 1; round <= rounds; round += 1) {
    const { missing, isNew } = missingOf(row, wanted, bringing);
    const failure = await fetchAll(missing, bringing);
    if (failure !== null) return failed(row, failure, bringing);
    if (place(row, missing, isNew, bringing)) return here(row, wanted);
  }
  return without('error', 'Something else removed its files while they came.');
}

function wantedOf(row: ListedRow, hosts: RawHosts): Wanted[] | string {
  const names = localNames([...new Set(row.files.map(({ name }) => name))]);
  if (names.size < row.files.length) return 'Two of its files have one name.';
  const wanted: Wanted[] = [];
  for (const file of row.files) {
    const raw = rawPath(file.raw_url, hosts);
    if (raw === null)
      return "Its files are at another host than GitHub's and that of --raw-host, so they were not asked for.";
    wanted.push({ file, name: names.get(file.name) ?? '', raw });
  }
  return wanted;
}

const gistPath = (row: ListedRow) => sessionPath(row.gist_id, row.gist_version).replace(/\/[^/]+$/, '');

/** The files that are not in the gist's folder, and whether the gist has none. */
function missingOf(
  row: ListedRow,
  wanted: readonly Wanted[],
  { folders, recheck }: Bringing,
): { missing: readonly Wanted[]; isNew: boolean } {
  const shelf = folders.share(gistPath(row).replace(/\/[^/]+$/, ''));
  const gist = join(shelf, row.gist_id);
  const folder = join(gist, row.gist_version);
  const isNew = lstatSync(gist, { throwIfNoEntry: false }) === undefined;
  if (isNew || !isFolder(gist) || !isFolder(folder)) return { missing: wanted, isNew };
  const missing = wanted.filter(({ file, name }) => {
    const path = join(folder, name);
    return recheck ? !isBlob(path, file) : !isFileOf(path, file.bytes);
  });
  return { missing, isNew };
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Has all of them in the store, or says what went wrong; the rest is not asked for then. */
async function fetchAll(missing: readonly Wanted[], { store, fetch }: Bringing): Promise<Failure | null> {
  const failures: Failure[] = [];
  await Promise.all(
    missing.map(async ({ file, raw }) => {
      if (store.has(file) || failures.length > 0) return;
      const fetched = await fetch(raw, file);
      if (fetched.kind !== 'stored') failures.push(fetched);
    }),
  );
  // The same whichever came first.
  const order = ['missing', 'hash_mismatch', 'error', 'rate_limited'] as const;
  const worst = order.flatMap((kind) => failures.filter((failure) => failure.kind === kind));
  return worst[0] ?? null;
}

/** Gives the files their names in the gist's folder; false where the store has one of them no more. */
function place(
  row: ListedRow,
  missing: readonly Wanted[],
  isNew: boolean,
  { folders, store }: Bringing,
): boolean {
  const gist = folders.enter(gistPath(row), isNew);
  const folder = folders.enter(sessionPath(row.gist_id, row.gist_version), gist.made);
  if (!missing.every(({ file, name }) => store.place(file, join(folder.path, name)))) return false;
  if (!gist.made) removeOtherRevisions(gist.path, row.gist_version, store);
  return true;
}

function here(row: ListedRow, wanted: readonly Wanted[]): Brought {
  const folder = sessionPath(row.gist_id, row.gist_version);
  return {
    status: 'ok',
    why: null,
    files: wanted.map(({ file: { name: own, bytes, git_blob_sha }, name }) => ({
      name: own,
      path: `${folder}/${name}`,
      bytes,
      git_blob_sha,
    })),
  };
}

async function failed(row: ListedRow, failure: Failure, { api }: Bringing): Promise<Brought> {
  if (failure.kind !== 'missing') return without(failure.kind, failure.why);
  const found = api === null ? 'unknown' : await api(row.gist_id, row.gist_version);
  if (found === 'secret') return without('secret', 'Its owner made it secret.');
  if (found === 'changed')
    return without('changed', 'It was edited, and this revision is not served any more.');
  if (found === 'listed') return without('error', 'GitHub has the gist, but not its files.');
  if (found === 'unknown')
    return without(
      'gone',
      'Its files are not at their address any more; whether it is deleted, secret or edited, GitHub was not asked or did not say.',
    );
  return without('gone', 'GitHub does not have it any more.');
}
