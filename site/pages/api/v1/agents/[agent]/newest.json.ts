import type { APIRoute, GetStaticPaths } from 'astro';
import { type AgentId, agentIds } from '#domain/transcript/agent.ts';
import { answerJson, sessionOf } from '../../../../../faces/api/answer.ts';
import { sessions } from '../../../../../faces/api/shapes.ts';
import { feedLength } from '../../../../../faces/feed.ts';
import { currentListing } from '../../../../../published/current-listing.ts';

export const getStaticPaths = (() =>
  agentIds.map((agent) => ({ params: { agent }, props: { agent } }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ agent: AgentId }> = async ({ site, props }) => {
  const listing = await currentListing();
  const { cards, total } = await listing.cardsWith('agent', props.agent, 0, feedLength);
  return answerJson(sessions, {
    snapshot_id: listing.manifest?.snapshot_id ?? null,
    total,
    sessions: cards.map((card) => sessionOf(card, site)),
  });
};
