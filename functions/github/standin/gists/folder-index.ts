import { join } from 'node:path';
import { standinGistId } from '../ids.ts';
import { createListing, type Listing } from './listing.ts';

/** Where a gist is: `DIR/<login>/<name>`. */
export interface GistPlace {
  id: string;
  login: string;
  name: string;
}

/** Knows which gists exist, without opening any of them. */
export interface FolderIndex {
  /** Where the gist is, if a folder for it was seen; the folder may have gone since. */
  place(id: string): GistPlace | undefined;
  /** Login folders, sorted, as spelled on disk. The very same array as long as nothing changed. */
  logins(): readonly string[];
  /** The gists in one login folder. */
  placesOf(login: string): GistPlace[];
}

/** Login folders from which on looking through all of them may have to rest. */
const manyLogins = 500;

const loginName = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;

/**
 * An index of the folders under `dir`. A folder is listed again only when it changed, and nothing is listed
 * before it is asked for. Where looking for changes takes long (very many login folders), an unknown id may
 * stay unknown for some seconds after its folder appears.
 */
export function createFolderIndex(dir: string, log: (line: string) => void): FolderIndex {
  const root = createListing(dir);
  const folders = new Map<string, { listing: Listing; names: readonly string[]; places: GistPlace[] }>();
  const places = new Map<string, GistPlace>();
  const complained = new Set<string>();
  let restUntil = 0;
  let listed: readonly string[] = [];
  let known: readonly string[] = [];

  function isLogin(name: string): boolean {
    if (loginName.test(name)) return true;
    if (!name.startsWith('.') && !complained.has(name)) {
      complained.add(name);
      log(`${join(dir, name)}: not a login, so its gists are not served`);
    }
    return false;
  }

  function logins(): readonly string[] {
    const names = root.folders();
    if (names !== listed) known = names.filter(isLogin);
    listed = names;
    return known;
  }

  function placesOf(login: string): GistPlace[] {
    const folder = folders.get(login) ?? { listing: createListing(join(dir, login)), names: [], places: [] };
    folders.set(login, folder);
    const names = folder.listing.folders();
    if (names === folder.names) return folder.places;
    folder.names = names;
    folder.places = names
      .filter((name) => !name.startsWith('.'))
      .map((name) => ({ id: standinGistId(login, name), login, name }));
    for (const place of folder.places) places.set(place.id, place);
    return folder.places;
  }

  function lookEverywhere(): void {
    const start = Date.now();
    if (start < restUntil) return;
    const all = logins();
    for (const login of all) placesOf(login);
    const took = Date.now() - start;
    // A few folders that take long are a busy machine, and no reason not to find what has just come.
    restUntil = all.length > manyLogins && took > 50 ? Date.now() + 10 * took : 0;
  }

  return {
    logins,
    placesOf,
    place(id) {
      if (!places.has(id)) lookEverywhere();
      return places.get(id);
    },
  };
}
