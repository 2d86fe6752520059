import type { APIRoute, GetStaticPaths } from 'astro';
import { cutShards, readShard, shardCount } from '../../faces/gist-shards.ts';
import { mostAddresses, sitemapHeaders, sitemapText } from '../../faces/sitemap.ts';
import { currentListing } from '../../published/current-listing.ts';
import { latestFile } from '../../published/latest-file.ts';

/** Made with the site, by reading `urls.txt`: a million sessions are 20 files, and no request reads anything else. */
export const getStaticPaths = (async () => {
  const { manifest } = await currentListing();
  const count = shardCount(manifest?.record_count ?? 0, mostAddresses);
  return Array.from({ length: count }, (_, index) => ({ params: { shard: `sessions-${index + 1}` } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ site, params }) => {
  const { manifest } = await currentListing();
  const file = await latestFile('urls.txt');
  const number = Number(/^sessions-(\d+)$/.exec(params.shard ?? '')?.[1]);
  if (file === null || manifest === null) return new Response(null, { status: 404 });
  const shard = (await cutShards(file, manifest.record_count, mostAddresses))[number - 1];
  if (shard === undefined) return new Response(null, { status: 404 });
  const gists = await readShard(file, shard);
  const ids = gists.map((address) => address.slice(address.lastIndexOf('/') + 1));
  return new Response(sitemapText(ids.map((id) => new URL(`/sessions/${id}`, site).href)), {
    headers: sitemapHeaders,
  });
};
