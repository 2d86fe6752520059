import type { APIRoute } from 'astro';
import { declarationFile } from '#domain/declaration.ts';
import { declarationSchemaPath } from '#domain/declaration-schema.ts';
import { maxFileBytes, maxFiles } from '#domain/gist.ts';
import { licenseIds } from '#domain/license.ts';
import { decisions, reasonIds } from '#domain/moderation.ts';
import { describeRefusal, type RefusalCode, refusals } from '#domain/refusal.ts';
import { currentListing } from '../published/current-listing.ts';
import { checkoutCommand } from '../wording/checkout.ts';

/** Stands in a sentence for what only a real refusal knows. */
const blanks = {
  allow: '{methods}',
  count: '{count}',
  file: '{file}',
  from: '{from}',
  kind: '{kind}',
  limit: '{limit}',
  line: '{line}',
  login: '{login}',
  problem: '{problem}.',
  retry_after: '{retry_after}',
  revision: '{revision}',
  to: '{to}',
};

/** A guide to this site for programs and the agents that write them. */
export const GET: APIRoute = async ({ site }) => {
  const { manifest } = await currentListing();
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
- submissions.parquet: the same rows in columns; croissant.json describes them
- submissions-by-gist.parquet: where each gist's line is in submissions.ndjson, by gist id
- urls.txt: the gists' addresses, one a line
- changes.ndjson: what changed since the previous published snapshot
- removed.ndjson: all departures; drop a row whose record_id is there with a higher seq. Look for later ones in
  [the newest](${at('/dataset/latest/removed.ndjson')})
- SHA256SUMS: as \`sha256sum --check\` reads it
- [Fields and recipes](${at('/dataset')})

A row's \`license\` is its contributor's choice; there is no default. Unknown values are null. To verify content, compare
git's blob hash of what you fetched from \`files[].raw_url\` with \`files[].git_blob_sha\`.

started_at and ended_at are in UTC where they end in Z; without it they are local time, zone unknown.

## Pages

- [Sessions](${at('/sessions')}), one at /sessions/{gist_id}; all of an owner at /contributors/{gist_owner_id}
- [How to contribute](${at('/contribute')}), [moderation policy](${at('/policy')}), [privacy and takedown](${at('/privacy')})
- [Public log](${at('/log')})

## Helping your user give a session

Nothing below makes anything public before step 4, and nothing is submitted but by the user.

1. Find the session file: ${at('/contribute#find')} says where each agent keeps it.
2. Inspect it where it is, in a checkout of this site's code (Linux, Node 20 or newer). Give absolute paths. Nothing is
   sent anywhere:

       ${checkoutCommand(import.meta.env.REPOSITORY_URL)}
       npm run --silent inspect -- --fail-on high /path/to/session.jsonl

   One line of JSON a file, in argument order: {path, agent, agent_version, format, session_ids, models, started_at,
   ended_at, user_messages, assistant_messages, tool_calls, tool_names, input_tokens, output_tokens, findings,
   contradictions, ...}.
   agent is null where no session was recognised. A finding is {detector, file, line, kind, severity, masked,
   fingerprint, declared_false}: the place, never the value. severity high is a secret and would be refused; low may be
   personal data, for the user to judge. Exit 0 whatever is found; 1 with --fail-on high when a high finding is left;
   2 when a file could not be read.
3. Redact a copy until none is left: put [REDACTED] in the place of each value, in raw and in JSON-escaped text alike,
   and keep every line valid JSON. Tell the user to revoke every real key that was in it. Have the user read the copy:
   names, mail addresses, private paths, other people's words, an employer's code. Inspect again.
4. Make a public gist, with a description that can stand as the title. \`gh gist create\` makes secret ones unless told
   otherwise, and pi's /share always does; those cannot be listed:

       gh gist create --public --desc "What the session is about" session.jsonl

   Limits: ${maxFileBytes / 1024 / 1024} MB a file, ${maxFiles} files, 100 MB in all. If a secret went up, editing is not enough, because a gist
   keeps every revision: revoke it, delete the gist, make a new one.
5. Give the user this link: ${at('/submit')}?gist={gist_url}
   The page shows the user what was recognised, what would be published and what was found. The user signs in with
   GitHub, chooses the licence and confirms the statement. Do not choose or confirm for them.

${declarationFile} is optional and lies beside the session in the gist
([JSON Schema](${at(declarationSchemaPath)})):

    {
      "$schema": "${at(declarationSchemaPath)}",
      "schema_version": "1.0.0",
      "session": {"agent": "claude-code", "topic": "What the session is about"},
      "tags": ["bugfix"],
      "false_positives": []
    }

Inspect it together with the session: its own line tells what of it is taken over and what is wrong with it, and
contradictions on the session's line what the files show otherwise.

false_positives takes the fingerprints of high findings that are certainly no secrets, such as an example key in a test;
a moderator looks at each. Add one only when the user agrees. A licence declared here is shown to the user and never
chosen for them.

## API

Same-origin requests of a signed-in browser only; JSON or form bodies. Answers are JSON, errors are problem details
(RFC 9457) with a stable \`code\`.

- GET /api/me -> {login, id, moderator, news}; news counts what others did with the user's gists and they have not seen
- GET /api/submissions/gists?page= -> {items, next}: the user's own public gists at GitHub
- POST /api/submissions/preview {gist_url} -> {gist_id, revision, title, files, recognised, row, refusal, findings,
  blocking, declared, contradictions, ...}: what a submission would be taken for; writes nothing
- POST /api/submissions {gist_url, license: ${licenseIds.join(' | ')}, attested: true, revision?} -> 201 {gist_id, revision, state}
- GET /api/submissions -> {items, next}: the user's own
- GET /api/submissions/news -> {items, more}: those moves, oldest first; POST /api/submissions/seen {seq} -> {seen}
- GET /api/submissions/feed -> {feed_url}; POST {action: create | revoke}: the user's private Atom feed of the same. Its
  address needs no sign-in and reads titles, reasons and notes: treat it as a secret.
- POST /api/submissions/{gist_id}/withdraw -> {gist_id, state, revision}
- POST /api/submissions/{gist_id}/appeal {text} -> {gist_id, state, revision}
- POST /api/submissions/{gist_id}/report {reason: ${reasonIds.join(' | ')}, text}
- GET /api/moderation/queue?after=&waiting=&agent=&flag=&sort= -> {items, next, counts}: moderators, oldest first
- GET /api/moderation/{gist_id}: moderators; one submission with its inspection
- POST /api/moderation/{gist_id} {decision: ${decisions.join(' | ')}, revision, reason, note, state?} -> {gist_id, state,
  revision}; \`state\` is where the row stood when it was read
- POST /api/moderation/{gist_id}/reading {done} -> {readers}: moderators; has it open
- POST /api/moderation/{gist_id}/escalate {revision, note} -> {gist_id, escalated}: moderators; asks another one
- POST /api/moderation/bulk {rows: [{gist_id, revision}]} -> {results}: moderators; approves up to 50
- GET /api/moderation/statistics: moderators
- GET /api/log -> {items, rejections, next}: public
- GET /api/health -> {ok}

## Refusals

${codes.join('\n')}
`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
