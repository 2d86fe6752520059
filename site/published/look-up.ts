import type { DatasetRow } from '#domain/dataset-row.ts';
import { parseGistAddress } from '#domain/gist-address.ts';
import type { Card } from '../browse/card.ts';
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
  /** Accounts, by the login that the newest of their sessions stands under, with the newest; most sessions first. */
  owners: readonly (Owner & { newest: readonly Card[] })[];
  /** Further accounts, which are not shown. */
  more: number;
}

/** What the newest snapshot tells of a gist. */
export type GistFound =
  | { gistId: null }
  | { gistId: string; listed: DatasetRow }
  | { gistId: string; listed: null; departures: readonly Departure[] | 'busy' };

/** Looks for the sessions of whoever has, or had, a login. */
export async function lookUpLogin(
  listing: Pick<Listing, 'ownersCalled' | 'cardsWith'>,
  asked: string,
): Promise<LoginFound> {
  const login = askedLogin(asked);
  if (login === null) return { login, owners: [], more: 0 };
  const all = (await listing.ownersCalled(login)).sort((a, b) => b.sessions - a.sessions);
  const shown = all.slice(0, mostOwners).map(async (owner) => {
    const { cards } = await listing.cardsWith('contributor', owner.id, 0, mostSessions);
    return { ...owner, login: cards[0]?.gist_owner_login ?? owner.login, newest: cards };
  });
  return { login, owners: await Promise.all(shown), more: Math.max(0, all.length - mostOwners) };
}

/** Looks for a gist by whatever people paste for one, among what is listed, else among what has departed. */
export async function lookUpGist(listing: Pick<Listing, 'row'>, asked: string): Promise<GistFound> {
  const gistId = parseGistAddress(asked)?.gistId ?? null;
  if (gistId === null) return { gistId };
  const listed = await listing.row(gistId);
  if (listed) return { gistId, listed };
  return { gistId, listed: null, departures: await departuresOf(gistId) };
}
