import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { standinNodeId } from '../ids.ts';
import { createBlobStore } from './blob-store.ts';
import { createFolderIndex, type GistPlace } from './folder-index.ts';
import { createFolderLooks } from './folder-look.ts';
import { gitBlobSha, type TreeFile } from './git-hash.ts';
import { createHistories, type Revision } from './history.ts';
import { readPlainFile } from './read-file.ts';
import { type GistSettings, parentId } from './settings.ts';

/** A gist as it is on disk now. Times in milliseconds, whole seconds. */
export interface StandinGist {
  id: string;
  nodeId: string;
  place: GistPlace;
  /** Null when the settings say that GitHub names no owner. */
  ownerLogin: string | null;
  /** Id of the gist it was forked from. */
  forkOf: string | null;
  settings: GistSettings;
  /** Newest first, never empty. */
  history: readonly Revision[];
  head: Revision;
  createdAt: number;
  updatedAt: number;
}

/** The gists under one folder, always as they are on disk. */
export interface GistsFolder {
  find(id: string): StandinGist | undefined;
  /** All gists of a login, secret ones included, the latest updated first. */
  gistsOf(login: string): StandinGist[];
  /** The login as it is spelled, or undefined if there is no such account. */
  account(login: string): string | undefined;
  /** Every login, sorted. */
  accounts(): string[];
  /** A file's bytes, undefined when they are of an older revision and no longer held. */
  content(gist: StandinGist, file: TreeFile): Buffer | undefined;
}

const heldBytes = 128 * 1024 * 1024;
const wholeSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** Logins by their lower-case spelling, put together again only when the folders changed. */
function createAccounts(extra: readonly string[]) {
  let folders: readonly string[] | undefined;
  let accounts = new Map<string, string>();
  return function accountsOf(logins: readonly string[]): Map<string, string> {
    if (logins === folders) return accounts;
    folders = logins;
    accounts = new Map([...extra, ...logins].map((login) => [login.toLowerCase(), login]));
    return accounts;
  };
}

/** Serves `DIR/<login>/<gist-name>/<files>`. `accounts` are logins without a folder. */
export function openGistsFolder(options: {
  dir: string;
  accounts: readonly string[];
  log: (line: string) => void;
}): GistsFolder {
  const dir = realpathSync(options.dir);
  const blobs = createBlobStore(heldBytes);
  const index = createFolderIndex(dir, options.log);
  const look = createFolderLooks(dir, blobs, options.log);
  const note = createHistories(blobs);

  function read(place: GistPlace): StandinGist | undefined {
    const seen = look(place);
    if (!seen) return undefined;
    const { settings } = seen;
    const history = note(place.id, seen.files, seen.contentModified);
    const head = history[0];
    if (!head) throw new Error(`The history of ${place.login}/${place.name} is empty.`);
    const touched = Math.max(head.committedAt, wholeSeconds(seen.settingsModified));
    const pinned = settings.updated_at ? wholeSeconds(Date.parse(settings.updated_at)) : undefined;
    const updatedAt = pinned !== undefined && history.length === 1 ? pinned : touched;
    const created = settings.created_at ? Date.parse(settings.created_at) : seen.oldestFile;
    return {
      id: place.id,
      nodeId: standinNodeId(place.login, place.id),
      place,
      ownerLogin: settings.owner_null ? null : (settings.owner ?? place.login),
      forkOf: settings.fork_of === null ? null : parentId(settings.fork_of),
      settings,
      history,
      head,
      createdAt: Math.min(wholeSeconds(created), updatedAt),
      updatedAt,
    };
  }

  const accountsOf = createAccounts(options.accounts);

  return {
    accounts: () => [...accountsOf(index.logins()).values()].sort(),
    account: (login) => accountsOf(index.logins()).get(login.toLowerCase()),
    find(id) {
      const place = index.place(id);
      return place && read(place);
    },
    gistsOf(login) {
      const wanted = login.toLowerCase();
      return index
        .logins()
        .filter((folder) => folder.toLowerCase() === wanted)
        .flatMap((folder) => index.placesOf(folder))
        .map(read)
        .filter((gist) => gist?.ownerLogin?.toLowerCase() === wanted)
        .filter((gist) => gist !== undefined)
        .sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
    },
    content(gist, file) {
      const held = blobs.read(file.blob);
      if (held) return held;
      const reading = readPlainFile(join(dir, gist.place.login, gist.place.name, file.name));
      return reading && gitBlobSha(reading.bytes) === file.blob ? reading.bytes : undefined;
    },
  };
}
