import type { APIRoute } from 'astro';

/** What crawlers leave alone, and where all addresses are. RFC 9309; the longest rule that fits counts. */
export const GET: APIRoute = ({ site }) => {
  const text = `User-agent: *
Disallow: /api/
Allow: /api/v1/
Disallow: /mine
Disallow: /moderation
Disallow: /report

Sitemap: ${new URL('/sitemap-index.xml', site).href}
`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
