import type { APIRoute } from 'astro';
import { faceHeaders } from '#domain/face-headers.ts';
import { licenseIds } from '#domain/license.ts';
import { decisions, reasonIds } from '#domain/moderation.ts';
import { describeRefusal, type RefusalCode, refusals } from '#domain/refusal.ts';

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

/** The endpoints that forms post to, and every refusal there is. */
export const GET: APIRoute = ({ site, url }) => {
  const at = (path: string) => new URL(path, site).href;
  const codes = (Object.keys(refusals) as RefusalCode[]).map((code) => {
    const { status, sentence } = describeRefusal(code, blanks);
    return `- ${status} \`${code}\`: ${sentence}`;
  });
  const text = `# The API behind the forms

Same-origin requests of a signed-in browser only; JSON or form bodies. Answers are JSON, errors are problem details
(RFC 9457) with a stable \`code\`. Programs that only read take [the read API](${at('/api/v1/index.json')}) instead.

- GET /api/me -> {login, id, moderator, news}; news counts what others did with the user's gists and they have not seen
- GET /api/account: all that is stored about the user, as one JSON object
- GET /api/account/sessions -> {items}; POST /api/account/sessions/{id}/end: where the user is signed in, and its end
- GET /api/account/reports -> {items}: what the user reported, and what became of it
- POST /api/account/erase {login}: withdraws everything and erases the account; the user types the login to be sure
- GET /api/submissions/gists?page= -> {items, next}: the user's own public gists at GitHub
- POST /api/submissions/preview {gist_url} -> {gist_id, revision, title, files, recognised, row, refusal, findings,
  blocking, declared, contradictions, ...}: what a submission would be taken for; writes nothing
- POST /api/submissions {gist_url, license: ${licenseIds.join(' | ')}, attested: true, revision?} -> 201 {gist_id, revision, state}
- GET /api/submissions -> {items, next}: the user's own; ?unattested=true: those taken over from the earlier site that are
  confirmed by submitting them as above
- GET /api/submissions/news -> {items, more}: those moves, oldest first; POST /api/submissions/seen {seq} -> {seen}
- GET /api/submissions/feed -> {feed_url}; POST {action: create | revoke}: the user's private Atom feed of the same. Its
  address needs no sign-in and reads titles, reasons and notes: treat it as a secret.
- POST /api/submissions/{gist_id}/withdraw -> {gist_id, state, revision}
- POST /api/submissions/{gist_id}/appeal {text} -> {gist_id, state, revision}: answers a rejection, or a removal, once
- POST /api/submissions/{gist_id}/report {reason: ${reasonIds.join(' | ')}, text}
- GET /api/moderation/queue?after=&waiting=&agent=&flag=&sort= -> {items, next, counts}: moderators, oldest first
- GET /api/moderation/{gist_id}: moderators; one submission with its inspection
- POST /api/moderation/{gist_id} {decision: ${decisions.join(' | ')}, revision, reason, note, state?} -> {gist_id, state,
  revision}; \`state\` is where the row stood when it was read
- POST /api/moderation/{gist_id}/reading {done} -> {readers}: moderators; has it open
- POST /api/moderation/{gist_id}/escalate {revision, note} -> {gist_id, escalated}: moderators; asks another one
- POST /api/moderation/bulk {rows: [{gist_id, revision}]} -> {results}: moderators; approves up to 50
- GET /api/moderation/statistics: moderators
- GET /api/log -> {items, rejections, reports, next}: public
- GET /api/health/ready -> {ok}
- GET /api/status -> {vitals}, what was done last and what is late

## Refusals

${codes.join('\n')}
`;
  return new Response(text, { headers: { ...faceHeaders(url.pathname) } });
};
