import { placeBeside } from './finding.ts';

/** Facts a refusal's sentence may name. Never session content, tokens or mail addresses. */
export type RefusalDetails = Readonly<Record<string, string | number>>;

interface RefusalKind {
  status: number;
  sentence: (details: RefusalDetails) => string;
}

function wait({ retry_after }: RefusalDetails): string {
  if (retry_after === undefined) return 'Try again in a minute.';
  const seconds = Number(retry_after);
  return seconds > 120
    ? `Try again in ${Math.ceil(seconds / 60)} minutes.`
    : `Try again in ${retry_after} s.`;
}

/** Every refusal there is: its HTTP status, and a sentence saying what is wrong and what to do next. */
export const refusals = {
  bad_request: {
    status: 400,
    sentence: ({ problem }) => `${problem ?? 'The request could not be read.'} Correct it and send it again.`,
  },
  invalid_gist_url: {
    status: 400,
    sentence: () =>
      'That is not the address of a gist. Paste the address from your browser, such as https://gist.github.com/you/0123456789abcdef0123456789abcdef, or the id alone.',
  },
  not_signed_in: {
    status: 401,
    sentence: () => 'You are not signed in, or your session has ended. Sign in with GitHub and try again.',
  },
  not_moderator: {
    status: 403,
    sentence: () =>
      'Only moderators can do this. If you should be one, ask the operator to list your GitHub id.',
  },
  not_owner: {
    status: 403,
    sentence: ({ login }) =>
      login === undefined
        ? 'This gist belongs to another GitHub account. Only its owner can do this; sign in as its owner.'
        : `This gist belongs to ${login}. Only its owner can do this; sign in as its owner.`,
  },
  own_submission: {
    status: 403,
    sentence: () => 'This gist is your own. Leave the decision to another moderator.',
  },
  own_decision: {
    status: 403,
    sentence: () =>
      'You rejected or removed this, and its owner has answered. Leave the answer to another moderator.',
  },
  cross_site: {
    status: 403,
    sentence: () => 'This request came from another site. Open the page on this site and send it from there.',
  },
  gist_not_found: {
    status: 404,
    sentence: () =>
      'GitHub has no such gist, or does not show it. Check the address, and that the gist was not deleted.',
  },
  not_found: {
    status: 404,
    sentence: () => 'There is nothing at this address. Check it, or start again from the home page.',
  },
  method_not_allowed: {
    status: 405,
    sentence: ({ allow }) => `This address does not take that method. Use ${allow}.`,
  },
  already_submitted: {
    status: 409,
    sentence: ({ state }) =>
      state === 'rejected'
        ? 'This revision was submitted already and rejected. Edit the gist and submit it again, or answer the rejection under My submissions.'
        : 'This gist is in the index already. Follow it under My submissions.',
  },
  removed_earlier: {
    status: 409,
    sentence: () =>
      'A moderator removed this gist from the index, so it cannot be submitted again. If that was a mistake, answer the removal under My submissions.',
  },
  revision_changed: {
    status: 409,
    sentence: ({ revision, changed }) =>
      `The gist has changed since that revision; it is now at ${revision}${changed === undefined ? '' : `: ${changed}`}. Read the new revision and decide again.`,
  },
  invalid_state: {
    status: 409,
    sentence: ({ from, to, because, decided }) =>
      `${decided === undefined ? '' : `${decided}. `}This submission is ${from}, and from there it cannot become ${to}${because === undefined ? '' : `, because ${because}`}. Reload the page to see where it stands.`,
  },
  body_too_large: {
    status: 413,
    sentence: ({ limit }) => `The request is larger than ${limit}. Send less; a gist's address is enough.`,
  },
  gist_too_large: {
    status: 413,
    sentence: ({ limit, file }) =>
      file === undefined
        ? `The gist is too large: the limit is ${limit}. Split the sessions over several gists.`
        : `The file ${file} is too large: the limit is ${limit}. A session of that size cannot be listed; leave it out, or put your others into a gist without it.`,
  },
  unsupported_media_type: {
    status: 415,
    sentence: () => 'Send the request as application/json or as a form.',
  },
  gist_secret: {
    status: 422,
    sentence: () =>
      'This gist is secret. Only public gists can be listed: open it on GitHub, choose Edit, then Make public, and submit it again.',
  },
  gist_fork: {
    status: 422,
    sentence: () =>
      'This gist is a fork of somebody else’s. Only the original can be listed; put your own session in a gist of its own.',
  },
  gist_empty: {
    status: 422,
    sentence: () =>
      'This gist holds no file with any content. Add your session file to it and submit it again.',
  },
  attestation_required: {
    status: 422,
    sentence: () =>
      'You have not confirmed the statement about rights, provenance and redaction. Read it, tick it, and submit again.',
  },
  license_required: {
    status: 422,
    sentence: () =>
      'You have not chosen a licence. Choose the one you give the session under; we never fill one in.',
  },
  secrets_found: {
    status: 422,
    sentence: ({ count, file, line, kind }) =>
      `${count === 1 ? 'A secret was' : `${count} secrets were`} found, ${count === 1 ? '' : 'the first '}in ${placeBeside({ file: String(file), line: Number(line) }) ?? `${file}, line ${line}`}: ${kind}. Revoke what was found, take it out, and put the session into a new gist, because old revisions of this one keep it. What is no secret can be declared by its fingerprint in openagentsessions.json.`,
  },
  too_many_requests: {
    status: 429,
    sentence: (details) =>
      details.limit === undefined
        ? `Too many gists are being looked through just now, so nothing was changed. ${wait(details)}`
        : `More requests came from you in ${details.window} s than the ${details.limit} that are answered, so nothing was changed. ${wait(details)}`,
  },
  internal_error: {
    status: 500,
    sentence: () => 'Something went wrong on our side, and it was written down. Try again in a minute.',
  },
  github_rate_limited: {
    status: 503,
    sentence: (details) => `GitHub is limiting our requests, so nothing was changed. ${wait(details)}`,
  },
  github_unavailable: {
    status: 503,
    sentence: (details) =>
      `GitHub is not answering properly just now, so nothing was changed. ${wait(details)}`,
  },
  draining: {
    status: 503,
    sentence: (details) => `This server is being restarted, and another one takes over. ${wait(details)}`,
  },
  database_unavailable: {
    status: 503,
    sentence: (details) => `Our database is not answering just now, so nothing was changed. ${wait(details)}`,
  },
  overloaded: {
    status: 503,
    sentence: (details) =>
      `More is asked of this site just now than it can answer, so nothing was changed. ${wait(details)}`,
  },
} satisfies Record<string, RefusalKind>;

export type RefusalCode = keyof typeof refusals;

/** The status and sentence a refusal is answered with. */
export function describeRefusal(
  code: RefusalCode,
  details: RefusalDetails,
): { status: number; sentence: string } {
  const kind: RefusalKind = refusals[code];
  return { status: kind.status, sentence: kind.sentence(details) };
}

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}
