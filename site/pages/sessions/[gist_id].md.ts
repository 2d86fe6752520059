import type { APIRoute } from 'astro';
import { faceHeaders } from '#domain/face-headers.ts';
import { sessionMarkdown } from '../../faces/session-markdown.ts';
import { currentListing } from '../../published/current-listing.ts';

export const prerender = false;

/** A session's page in Markdown. */
export const GET: APIRoute = async ({ params, site, url }) => {
  const row = await (await currentListing()).row(params.gist_id ?? '');
  if (row === null) return new Response(null, { status: 404 });
  const text = await sessionMarkdown(row, new URL(`/sessions/${row.gist_id}`, site));
  return new Response(text, {
    headers: { ...faceHeaders(url.pathname), 'cache-control': 'public, max-age=300' },
  });
};
