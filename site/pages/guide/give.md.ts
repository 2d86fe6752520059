import type { APIRoute } from 'astro';
import { declarationFile } from '#domain/declaration.ts';
import { declarationSchemaPath } from '#domain/declaration-schema.ts';
import { faceHeaders } from '#domain/face-headers.ts';
import { maxFileBytes, maxFiles } from '#domain/gist.ts';
import { checkoutCommand } from '../../wording/checkout.ts';

/** For an agent whose user wants to give a session. */
export const GET: APIRoute = ({ site, url }) => {
  const at = (path: string) => new URL(path, site).href;
  const text = `# Helping your user give a session

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
`;
  return new Response(text, { headers: { ...faceHeaders(url.pathname) } });
};
