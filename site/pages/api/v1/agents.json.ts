import type { APIRoute } from 'astro';
import { agentIds } from '#domain/transcript/agent.ts';
import { feedPaths } from '../../../faces/addresses.ts';
import { answerJson, newestPath } from '../../../faces/api/answer.ts';
import { agents } from '../../../faces/api/shapes.ts';
import { currentListing } from '../../../published/current-listing.ts';
import { agentName } from '../../../wording/agents.ts';

export const GET: APIRoute = async ({ site }) => {
  const { manifest, summary } = await currentListing();
  const at = (path: string) => new URL(path, site).href;
  const counts = new Map(summary.facets.agent.values.map(({ value, sessions }) => [value, sessions]));
  return answerJson(agents, {
    snapshot_id: manifest?.snapshot_id ?? null,
    agents: agentIds.map((agent) => ({
      agent,
      name: agentName(agent),
      sessions: counts.get(agent) ?? 0,
      newest_url: at(newestPath(agent)),
      atom_url: at(feedPaths(agent).atom),
      json_feed_url: at(feedPaths(agent).json),
    })),
  });
};
