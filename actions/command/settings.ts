import { FlagError } from '../flags.ts';

export const officialRawHost = 'https://gist.githubusercontent.com';
export const officialPlace = 'https://openagentsessions.org/dataset';

/** What the command line takes from the environment; an empty variable counts as none. */
export interface Settings {
  /** Where snapshots are published. */
  place: string;
  /** Where gists' files are read. */
  rawHost: string;
  /** GitHub's API. */
  apiUrl: string;
  apiToken: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws FlagError, naming the variable. */
export function readSettings(env: Environment): Settings {
  const value = (name: string) => env[name]?.trim() || null;
  const address = (name: string, standard: string) => {
    const given = value(name);
    return given === null ? standard : readAddress(name, given, standard);
  };
  const apiUrl = address('GITHUB_API_URL', 'https://api.github.com');
  const apiToken = value('GITHUB_API_TOKEN');
  if (apiToken !== null && !/^https:|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?:[:/]|$)/.test(apiUrl)) {
    throw new FlagError(
      'GITHUB_API_URL must be an https address, or GITHUB_API_TOKEN would be sent for all to read.',
    );
  }
  return {
    place: address('DATASET_ADDRESS', officialPlace),
    rawHost: address('GIST_RAW_URL', officialRawHost),
    apiUrl,
    apiToken,
  };
}

/** An http(s) address without a slash at its end, given by the flag or variable `name`. Throws FlagError, with the `example`. */
export function readAddress(name: string, text: string, example: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.search || url.hash || url.username) {
    throw new FlagError(`${name} must be an http(s) address, such as ${example}.`);
  }
  return url.href.replace(/\/+$/, '');
}

/** Where snapshots are published: an address, or a folder. Throws FlagError. */
export function readPlace(name: string, text: string): string {
  // A disk of Windows has one letter.
  if (!/^[a-z][a-z\d+.-]+:/i.test(text)) return text;
  if (!/^https?:/i.test(text)) throw new FlagError(`${name} must be an http(s) address, or a folder.`);
  return readAddress(name, text, officialPlace);
}
