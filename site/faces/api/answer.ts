import type { z } from 'zod';
import { describeRefusal } from '#domain/refusal.ts';
import type { AgentId } from '#domain/transcript/agent.ts';
import type { Card } from '../../browse/card.ts';
import type { session } from './shapes.ts';

/** An answer of /api/v1/. It goes through its shape, so that nothing else than what is described gets out. */
export function answerJson<Shape extends z.ZodType>(shape: Shape, value: z.input<Shape>): Response {
  return new Response(`${JSON.stringify(shape.parse(value))}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}

/** What is answered where nothing is. */
export function nothingHere(): Response {
  const { status, sentence } = describeRefusal('not_found', {});
  return problemOf(status, 'not_found', sentence);
}

/** What is answered where the published files cannot be read, as the pages made of them say it. */
export function filesUnreadable(): Response {
  const detail = 'This server cannot read the published files just now. Try again in a minute.';
  const answer = problemOf(503, 'published_files_unreadable', detail);
  answer.headers.set('retry-after', '60');
  return answer;
}

/** Problem details, as all of the API has them. https://www.rfc-editor.org/rfc/rfc9457 */
function problemOf(status: number, code: string, detail: string): Response {
  return new Response(JSON.stringify({ type: 'about:blank', status, code, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  });
}

/** A card with the addresses of its page and row. */
export function sessionOf(card: Card, site: URL | undefined): z.input<typeof session> {
  return {
    ...card,
    url: new URL(`/sessions/${card.gist_id}`, site).href,
    row_url: new URL(`/api/v1/sessions/${card.gist_id}.json`, site).href,
  };
}

/** Path of an agent's newest sessions. */
export const newestPath = (agent: AgentId): string => `/api/v1/agents/${agent}/newest.json`;
