import type { APIRoute } from 'astro';
import { faceHeaders } from '#domain/face-headers.ts';
import { answerRow } from '../../faces/answer-row.ts';
import { sessionMarkdown } from '../../faces/session-markdown.ts';

export const prerender = false;

/** A session's page in Markdown. */
export const GET: APIRoute = (context) =>
  answerRow(context, async (row) => {
    const text = await sessionMarkdown(row, new URL(`/sessions/${row.gist_id}`, context.site));
    return new Response(text, {
      headers: { ...faceHeaders(context.url.pathname), 'cache-control': 'public, max-age=300' },
    });
  });
