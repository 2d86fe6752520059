import type { APIRoute } from 'astro';
import { furtherPages, mainPages } from '../../faces/addresses.ts';
import { sitemapHeaders, sitemapText } from '../../faces/sitemap.ts';

/** The pages there are without any session. */
export const GET: APIRoute = ({ site }) => {
  const paths = [...mainPages.map(({ path }) => path), ...furtherPages];
  return new Response(sitemapText(paths.map((path) => new URL(path, site).href)), {
    headers: sitemapHeaders,
  });
};
