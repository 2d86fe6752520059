import type { APIRoute, GetStaticPaths } from 'astro';
import { type AgentId, agentIds } from '#domain/transcript/agent.ts';
import { answerFeed } from '../../faces/answer-feed.ts';

/** Every agent has its feeds, also before its first session: who subscribes then misses none. */
export const getStaticPaths = (() =>
  agentIds.map((agent) => ({ params: { agent }, props: { agent } }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ agent: AgentId }> = ({ site, url, props }) =>
  answerFeed(site, url.pathname, props.agent);
