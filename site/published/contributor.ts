import type { Card } from '../browse/card.ts';
import { type ListPage, listPage, pageSize, startOf } from './list-pages.ts';
import type { Listing } from './listing.ts';

/** One page of an owner's listed sessions. */
export interface ContributorPage {
  id: string;
  /** The one that the newest of them stands under. */
  login: string;
  page: ListPage;
  cards: readonly Card[];
}

/**
 * Page `number` of the listed sessions of an account, known by its number. Where it has no such page, only how many
 * sessions it has; 0 where nothing of it is listed.
 */
export async function contributorPage(
  listing: Pick<Listing, 'cardsWith'>,
  id: string,
  number: number | null,
): Promise<ContributorPage | { total: number }> {
  if (!/^\d{1,20}$/.test(id)) return { total: 0 };
  const newest = await listing.cardsWith('contributor', id, 0, number === 1 ? pageSize : 1);
  const [first] = newest.cards;
  const page = number === null ? null : listPage(newest.total, number);
  if (first === undefined || page === null) return { total: newest.total };
  const { cards } =
    number === 1 ? newest : await listing.cardsWith('contributor', id, startOf(page.number), pageSize);
  return { id, login: first.gist_owner_login, page, cards };
}
