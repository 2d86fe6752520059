import { z } from 'zod';
import { sessionTimePattern } from './derived.ts';
import { licenseIds } from './license.ts';
import { agentIds } from './transcript/agent.ts';

/**
 * The dataset's row: the public contract. Field order is the order in every file. A field that is not known is null,
 * never a guess and never 0. The first ten fields are the original project's, with their meaning.
 */
const time = z.iso.datetime({ precision: 3 });
const sessionTime = z.string().regex(sessionTimePattern).nullable();
const count = z.int().min(0).nullable();

const datasetFile = z.strictObject({
  name: z.string().describe('File name in the gist'),
  bytes: z.int().min(0).describe('Size in bytes'),
  git_blob_sha: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .describe('SHA-1 git gives the bytes: sha1("blob " + bytes + NUL + content)'),
  raw_url: z.url().describe('Where GitHub serves these bytes'),
});

export const datasetRow = z.strictObject({
  gist_id: z.string().describe('GitHub’s id of the gist'),
  gist_url: z.url().describe('The gist’s page'),
  gist_owner_id: z
    .string()
    .describe('Numeric GitHub account id of the owner, as a string; logins change, this does not'),
  gist_owner_login: z.string().describe('Login of the owner when last checked'),
  gist_version: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .describe('The revision (commit) a moderator read'),
  gist_updated_at: time.describe('When GitHub last touched the gist; not a sign of edited content'),
  submitted_at: time.describe('When the owner submitted the gist'),
  approved_at: time.describe('When a moderator approved this revision'),
  source: z.literal('github_gist').describe('Where the session lives'),
  license: z.enum(licenseIds).describe('SPDX id of the licence the contributor chose'),
  record_id: z.string().describe('Fixed per gist, in every snapshot'),
  seq: z.int().min(1).describe('Log number of the move that listed this revision; see removed.ndjson'),
  title: z
    .string()
    .max(200)
    .describe('The gist’s description where nothing was found in it, else a file’s name'),
  topic: z.string().nullable().describe('What the session is about, declared in openagentsessions.json'),
  tags: z.array(z.string()).describe('Declared in openagentsessions.json'),
  files: z.array(datasetFile).describe('The gist’s files at gist_version'),
  total_bytes: z.int().min(0).describe('Sum of the files’ sizes'),
  agent: z.enum(agentIds).nullable().describe('Which coding agent wrote the session'),
  agent_version: z.string().nullable().describe('Version of that agent'),
  format: z.string().nullable().describe('File format of the session'),
  session_ids: z.array(z.string()).nullable().describe('Ids the agent gave its sessions'),
  models: z.array(z.string()).nullable().describe('Models that answered'),
  started_at: sessionTime.describe(
    'First time in the session: UTC, or local without Z where no zone is known',
  ),
  ended_at: sessionTime.describe('Last time in the session, written as started_at'),
  user_messages: count.describe('Prompts a person typed'),
  assistant_messages: count.describe('Answers of the model'),
  tool_calls: count.describe('Calls of tools'),
  tool_names: z.array(z.string()).nullable().describe('Tools that were called'),
  input_tokens: count.describe('Tokens read by the models, cached ones included'),
  output_tokens: count.describe('Tokens written by the models'),
  languages: z.array(z.string()).nullable().describe('Programming languages worked in'),
  license_declared_by: z.literal('contributor').describe('Who chose the licence'),
  attestation_version: z.string().describe('Version of the statement the contributor confirmed'),
  scanner_version: z.string().nullable().describe('Ruleset that looked for secrets'),
  scan: z
    .enum(['clean', 'reviewed'])
    .nullable()
    .describe(
      'Nothing found, or every finding reviewed by the moderator who approved; null: not yet reviewed',
    ),
  first_prompt_present: z.boolean().nullable().describe('The session starts with a person’s prompt'),
  tool_calls_paired: z.boolean().nullable().describe('Every tool call has its result'),
  truncated: z.boolean().nullable().describe('The session is cut off'),
  has_thinking: z.boolean().nullable().describe('Holds the model’s thinking'),
  has_subagents: z.boolean().nullable().describe('Holds sessions of subagents'),
  redactions: count.describe('Places where something was taken out'),
  content_key: z.string().nullable().describe('Equal for rows that hold the same session'),
});
export type DatasetRow = z.infer<typeof datasetRow>;

/** Field names in their order in every file. */
export const datasetFields = Object.keys(datasetRow.shape) as (keyof DatasetRow)[];
