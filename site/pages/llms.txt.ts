import type { APIRoute } from 'astro';
import { declarationSchemaPath } from '#domain/declaration-schema.ts';
import { mainPages } from '../faces/addresses.ts';
import { answers } from '../faces/api/shapes.ts';
import { currentListing } from '../published/current-listing.ts';

/** A guide to this site for programs and the agents that write them, as https://llmstxt.org has it. */
export const GET: APIRoute = async ({ site }) => {
  const { manifest } = await currentListing();
  const at = (path: string) => new URL(path, site).href;
  const pages = mainPages.map(({ path, twin, about }) => `- [${path}](${at(twin)}): ${about}`);
  const api = answers
    .filter(({ path }) => !path.includes('{'))
    .map(({ path, says }) => `- [/api/v1/${path}](${at('/api/v1/')}${path}): ${says}`);
  const text = `# Open Agent Sessions

> A public index of coding-agent sessions that their owners share as public GitHub gists. Metadata only, read by a
> moderator at one revision, published as a dataset. Session content stays in the gists.

${manifest ? `Snapshot ${manifest.snapshot_id}: ${manifest.record_count} rows, schema ${manifest.schema_version}.` : 'No snapshot has been exported yet.'}

To read the dataset, take snapshot_dir from manifest.json, and then all files from \`${at('/dataset')}/{snapshot_dir}/\`, which
never changes; files of /dataset/latest/ read one after the other may be of two snapshots. submissions.ndjson has one row a
session, submissions.parquet the same rows in columns. Drop a row whose record_id is in removed.ndjson with a higher seq.

A row's \`license\` is its contributor's choice; there is no default. Unknown values are null. To verify content, compare
git's blob hash of what you fetched from \`files[].raw_url\` with \`files[].git_blob_sha\`. started_at and ended_at are in
UTC where they end in Z; without it they are local time, zone unknown.

To get the sessions themselves, each file verified, as messages to train on (Node 20 or newer, no account), and later to take
out of that copy what left the index; after --where may stand any field of a row:

    npm install ${at('/openagentsessions.tgz')}
    npx openagentsessions hydrate --from ${at('/dataset')} --where agent=codex --limit 100 --format messages
    npx openagentsessions pull --from ${at('/dataset')} && npx openagentsessions purge --apply

A session's page is /sessions/{gist_id}, in Markdown /sessions/{gist_id}.md, its row /api/v1/sessions/{gist_id}.json. All
sessions of an owner are at /contributors/{gist_owner_id}, the newest with an agent in /feeds/{agent}.xml and .json and in
/api/v1/agents/{agent}/newest.json.

## Pages

${pages.join('\n')}

## Guides

- [Give a session](${at('/guide/give.md')}): for agents whose users want to share a session; inspect, redact, make a gist
- [The API behind the forms](${at('/guide/api.md')}): endpoints of signed-in users, and every refusal with its code

${manifest ? dataset(at) : ''}## Read API

${api.join('\n')}
- [OpenAPI](${at('/api/v1/openapi.json')}): all of it, with shapes

## Feeds

- [Atom](${at('/feed.xml')}): the newest sessions
- [JSON Feed](${at('/feed.json')}): the same

## Optional

- [Sitemap](${at('/sitemap-index.xml')}): every session, and the pages about the index
- [Public log](${at('/log')}): decisions about listed rows
- [Schema of openagentsessions.json](${at(declarationSchemaPath)}): what an owner may declare in a gist
`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};

/** What there is from the first snapshot on. */
function dataset(at: (path: string) => string): string {
  return `## Dataset

- [manifest.json](${at('/dataset/latest/manifest.json')}): snapshot_dir, row count, sha256 and bytes of each file
- [removed.ndjson](${at('/dataset/latest/removed.ndjson')}): all departures, newer than any snapshot's own
- [schema.json](${at('/dataset/latest/schema.json')}): JSON Schema of a row
- [croissant.json](${at('/dataset/latest/croissant.json')}): files and fields by Croissant 1.1

`;
}
