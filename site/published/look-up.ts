import { parseGistAddress } from '#domain/gist-address.ts';
import { type Card, cardOf } from '../browse/card.ts';
import { askedLogin } from './asked-login.ts';
import { type Departure, departuresOf } from './departures.ts';
import type { Listing, Owner } from './listing.ts';

/** Sessions of an account that are shown at once, and accounts of one login whose sessions are. */
const mostSessions = 10;
const mostOwners = 4;

/** What the newest snapshot lists under a login. */
export interface LoginFound {
  /** As it was understood; null where that is no login. */
  login: string | null;
  /** Accounts with their newest sessions. */
  owners: readonly (Owner & { newest: readonly Card[] })[];
  /** Further accounts, which are not shown. */
  more: number;
}

/** What the newest snapshot tells of a gist. */
export type GistFound =
  | { gistId: null }
  | { gistId: string; listed: Card }
  | { gistId: string; listed: null; departures: readonly Departure[] | 'busy' };

/** Looks for the sessions of whoever has, or had, a login. */
export async function lookUpLogin(
  listing: Pick<Listing, 'ownersCalled' | 'cardsWith'>,
  asked: string,
): Promise<LoginFound> {
  const login = askedLogin(asked);
  if (login === null) return { login, owners: [], more: 0 };
  const all = await listing.ownersCalled(login);
  const shown = all.slice(0, mostOwners).map(async (owner) => ({
    ...owner,
    newest: (await listing.cardsWith('contributor', owner.id, 0, mostSessions)).cards,
  }));
  return { login, owners: await Promise.all(shown), more: Math.max(0, all.length - mostOwners) };
}

/** Looks for a gist by whatever people paste for one, among what is listed, else among what has departed. */
export async function lookUpGist(listing: Pick<Listing, 'row'>, asked: string): Promise<GistFound> {
  const gistId = parseGistAddress(asked)?.gistId ?? null;
  if (gistId === null) return { gistId };
  const row = await listing.row(gistId);
  if (row) return { gistId, listed: cardOf(row) };
  return { gistId, listed: null, departures: await departuresOf(gistId) };
}
