import type { APIRoute } from 'astro';
import { shardCount } from '../faces/gist-shards.ts';
import { mostAddresses, sitemapHeaders, sitemapIndexText } from '../faces/sitemap.ts';
import { currentListing } from '../published/current-listing.ts';

export const GET: APIRoute = async ({ site }) => {
  const { manifest } = await currentListing();
  const shards = shardCount(manifest?.record_count ?? 0, mostAddresses);
  const names = ['pages', ...Array.from({ length: shards }, (_, index) => `sessions-${index + 1}`)];
  const addresses = names.map((name) => new URL(`/sitemap/${name}.xml`, site).href);
  return new Response(sitemapIndexText(addresses), { headers: sitemapHeaders });
};
