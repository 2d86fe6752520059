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
  /** The login that the account of this one began with; its ids are made from that. */
  firstLogin(login: string): string;
  /** The account is called so from now on. Its gists keep their ids; its former login is free. */
  rename(login: string, newLogin: string): void;
  /** A file's bytes, undefined when they are of an older revision and no longer held. */
  content(gist: StandinGist, file: TreeFile): Buffer | undefined;
}

const heldBytes = 128 * 1024 * 1024;
const wholeSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** Accounts by their login's lower-case spelling, put together again only when the folders or a login changed. */
function createAccounts(extra: readonly string[]) {
  const renamed = new Map<string, string>();
  let folders: readonly string[] | undefined;
  let accounts = new Map<string, { login: string; first: string }>();
  const loginOf = (first: string) => renamed.get(first.toLowerCase()) ?? first;
  return {
    of(logins: readonly string[]): typeof accounts {
      if (logins === folders) return accounts;
      folders = logins;
      accounts = new Map(
        [...extra, ...logins].map((first) => [
          loginOf(first).toLowerCase(),
          { login: loginOf(first), first },
        ]),
      );
      return accounts;
    },
    loginOf,
    rename(first: string, login: string): void {
      renamed.set(first.toLowerCase(), login);
      folders = undefined;
    },
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
  const accounts = createAccounts(options.accounts);

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
      ownerLogin: settings.owner_null ? null : (settings.owner ?? accounts.loginOf(place.login)),
      forkOf: settings.fork_of === null ? null : parentId(settings.fork_of),
      settings,
      history,
      head,
      createdAt: Math.min(wholeSeconds(created), updatedAt),
      updatedAt,
    };
  }

  const find = (login: string) => accounts.of(index.logins()).get(login.toLowerCase());
  const firstLogin = (login: string) => find(login)?.first ?? login;

  return {
    accounts: () => [...accounts.of(index.logins()).values()].map(({ login }) => login).sort(),
    account: (login) => find(login)?.login,
    firstLogin,
    rename(login, newLogin) {
      accounts.rename(firstLogin(login), newLogin);
    },
    find(id) {
      const place = index.place(id);
      return place && read(place);
    },
    gistsOf(login) {
      const wanted = login.toLowerCase();
      const folderName = firstLogin(login).toLowerCase();
      return index
        .logins()
        .filter((folder) => folder.toLowerCase() === folderName)
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
