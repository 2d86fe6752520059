import type { DatasetRow } from '#domain/dataset-row.ts';
import type { Manifest } from '#domain/snapshot.ts';
import type { Card } from '../browse/card.ts';
import type { FacetName } from '../browse/facets.ts';
import type { Summary } from '../browse/summary.ts';

/** What pages are made of: the newest snapshot, of which only what is asked for is read. */
export interface Listing {
  /** Null as long as nothing was exported. */
  manifest: Manifest | null;
  summary: Summary;
  /** Cards number `from` (counting from 0) and after, newest approval first; fewer at the end. */
  cards(from: number, count: number): Promise<Card[]>;
  /** The same of those sessions that have a value under a facet, and how many have it. */
  cardsWith(
    facet: FacetName,
    value: string,
    from: number,
    count: number,
  ): Promise<{ cards: Card[]; total: number }>;
  /** The accounts whose listed sessions have this login, which may be several: logins change hands. */
  ownersCalled(login: string): Promise<Owner[]>;
  /** A listed session's whole row; null where it is not listed. */
  row(gistId: string): Promise<DatasetRow | null>;
}

/** An account, as a login leads to it. Its number stays; logins are renamed, and may be taken by another account. */
export interface Owner {
  id: string;
  login: string;
  sessions: number;
}
