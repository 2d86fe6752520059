import type { APIRoute, GetStaticPaths } from 'astro';
import { cutShards, readShard, type Shard, shardCount } from '../../faces/gist-shards.ts';
import { mostAddresses, sitemapHeaders, sitemapText } from '../../faces/sitemap.ts';
import { currentListing } from '../../published/current-listing.ts';
import { latestFile } from '../../published/latest-file.ts';

/** Made with the site, by reading `urls.txt`: a million sessions are 20 files, and no request reads anything else. */
export const getStaticPaths = (async () => {
  const { manifest } = await currentListing();
  const count = shardCount(manifest?.record_count ?? 0, mostAddresses);
  return Array.from({ length: count }, (_, index) => ({ params: { shard: `sessions-${index + 1}` } }));
}) satisfies GetStaticPaths;

let cut: { file: string; shards: Promise<Shard[]> } | null = null;

/** The shards of the newest snapshot; a snapshot's files do not change. */
async function newestShards(): Promise<{ file: string; shards: Shard[] } | null> {
  const { manifest } = await currentListing();
  const file = await latestFile('urls.txt');
  if (file === null || manifest === null) return null;
  if (cut?.file !== file) cut = { file, shards: cutShards(file, manifest.record_count, mostAddresses) };
  return { file, shards: await cut.shards };
}

export const GET: APIRoute = async ({ site, params }) => {
  const newest = await newestShards();
  const number = Number(/^sessions-(\d+)$/.exec(params.shard ?? '')?.[1]);
  const shard = newest?.shards[number - 1];
  if (newest === null || shard === undefined) return new Response(null, { status: 404 });
  const base = new URL('/sessions/', site).href;
  const gists = await readShard(newest.file, shard);
  const addresses = gists.map((gist) => base + gist.slice(gist.lastIndexOf('/') + 1));
  return new Response(sitemapText(addresses), { headers: sitemapHeaders });
};
