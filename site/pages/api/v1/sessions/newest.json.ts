import type { APIRoute } from 'astro';
import { answerJson, sessionOf } from '../../../../faces/api/answer.ts';
import { sessions } from '../../../../faces/api/shapes.ts';
import { feedLength } from '../../../../faces/feed.ts';
import { currentListing } from '../../../../published/current-listing.ts';

export const GET: APIRoute = async ({ site }) => {
  const listing = await currentListing();
  const cards = await listing.cards(0, feedLength);
  return answerJson(sessions, {
    snapshot_id: listing.manifest?.snapshot_id ?? null,
    total: listing.summary.sessions,
    sessions: cards.map((card) => sessionOf(card, site)),
  });
};
