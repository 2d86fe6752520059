import { JobFailure } from '../../failure.ts';

/** Where raw files are read. */
export interface RawHost {
  /** Scheme, name and port. */
  origin: string;
  /** Before a file's path, without a slash at its end. */
  base: string;
}

/** The hosts that rows may name, and the one that is asked. */
export interface RawHosts {
  official: string;
  used: string;
}

/** Reads the address of the host to ask. Throws JobFailure where it is none. */
export function rawHostOf(address: string): RawHost {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw new JobFailure(
      `--raw-host takes an address such as https://gist.githubusercontent.com, not "${address}".`,
    );
  }
  return { origin: url.origin, base: url.pathname.replace(/\/+$/, '') };
}

/**
 * The path to ask the used host for; null where a row names another host than it may. Only the path of what a row says
 * is used, so a row leads nowhere else whatever it says.
 */
export function rawPath(rawUrl: string, { official, used }: RawHosts): string | null {
  const url = new URL(rawUrl);
  const allowed = [official, used].some((host) => new URL(host).origin === url.origin);
  if (!allowed || url.username !== '' || url.password !== '') return null;
  const base = rawHostOf(used).base;
  const own = new URL(used).origin === url.origin && base !== '' && url.pathname.startsWith(`${base}/`);
  return own ? url.pathname : base + url.pathname;
}
