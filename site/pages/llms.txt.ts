import type { APIRoute } from 'astro';
import { licenseIds } from '#domain/license.ts';
import { decisions, reasonIds } from '#domain/moderation.ts';
import { describeRefusal, type RefusalCode, refusals } from '#domain/refusal.ts';
import { currentSnapshot } from '../published/current.ts';

/** Stands in a sentence for what only a real refusal knows. */
const blanks = {
  allow: '{methods}',
  file: '{file}',
  from: '{from}',
  limit: '{limit}',
  login: '{login}',
  problem: '{problem}.',
  retry_after: '{retry_after}',
  revision: '{revision}',
  to: '{to}',
};

/** A guide to this site for programs and the agents that write them. */
export const GET: APIRoute = async ({ site }) => {
  const { manifest } = await currentSnapshot();
  const at = (path: string) => new URL(path, site).href;
  const codes = (Object.keys(refusals) as RefusalCode[]).map((code) => {
    const { status, sentence } = describeRefusal(code, blanks);
    return `- ${status} \`${code}\`: ${sentence}`;
  });
  const text = `# Open Agent Sessions

> A public index of coding-agent sessions that their owners share as public GitHub gists. Metadata only, read by a
> moderator at one revision, published as a dataset. Session content stays in the gists.

${manifest ? `Snapshot ${manifest.snapshot_id}: ${manifest.record_count} rows, schema ${manifest.schema_version}.` : 'No snapshot has been exported yet.'}

## Dataset

1. Read [manifest.json](${at('/dataset/latest/manifest.json')}): snapshot_dir, row count, sha256 and bytes of each file.
2. Take all files from ${at('/dataset')}/{snapshot_dir}/, which never changes. Files of /dataset/latest/ read one after
   the other may be of two snapshots.

- submissions.ndjson: one row a session; schema.json says of what shape
- urls.txt: the gists' addresses, one a line
- changes.ndjson: what changed since the previous published snapshot
- removed.ndjson: all departures; drop a row whose record_id is there with a higher seq. Look for later ones in
  [the newest](${at('/dataset/latest/removed.ndjson')})
- SHA256SUMS: as \`sha256sum --check\` reads it
- [Fields and recipes](${at('/dataset')})

A row's \`license\` is its contributor's choice; there is no default. Unknown values are null. To verify content, compare
git's blob hash of what you fetched from \`files[].raw_url\` with \`files[].git_blob_sha\`.

## Pages

- [Sessions](${at('/sessions')}), one at /sessions/{gist_id}; all of an owner at /contributors/{gist_owner_id}
- [How to contribute](${at('/contribute')}), [moderation policy](${at('/policy')}), [privacy and takedown](${at('/privacy')})
- [Public log](${at('/log')})

## Helping your user submit a session

1. Find the session file (${at('/contribute#find')}) and have the user read it. Take out secrets, personal data and
   private paths before the first upload: a gist keeps every revision.
2. Make a public gist of it: \`gh gist create --public --desc "..." session.jsonl\`.
3. Give the user this link; the form is filled in with the address: ${at('/submit')}?gist={gist_url}
4. The user signs in with GitHub, chooses the licence and confirms the statement. Do not choose or confirm for them.

## API

Same-origin requests of a signed-in browser only; JSON or form bodies. Answers are JSON, errors are problem details
(RFC 9457) with a stable \`code\`.

- GET /api/me -> {login, id, moderator}
- POST /api/submissions {gist_url, license: ${licenseIds.join(' | ')}, attested: true} -> 201 {gist_id, revision, state}
- GET /api/submissions -> {items, next}: the user's own
- POST /api/submissions/{gist_id}/withdraw -> {gist_id, state, revision}
- POST /api/submissions/{gist_id}/appeal {text} -> {gist_id, state, revision}
- POST /api/submissions/{gist_id}/report {reason: ${reasonIds.join(' | ')}, text}
- GET /api/moderation/queue -> {items, next}: moderators, oldest first
- POST /api/moderation/{gist_id} {decision: ${decisions.join(' | ')}, revision, reason, note} -> {gist_id, state, revision}
- GET /api/log -> {items, rejections, next}: public
- GET /api/health -> {ok}

## Refusals

${codes.join('\n')}
`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
