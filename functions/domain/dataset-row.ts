import { z } from 'zod';
import { licenseIds } from './license.ts';

/**
 * The dataset's row: the public contract. Field order is the order in every file. A field that is not known is null,
 * never a guess and never 0. The first ten fields are the original project's, with their meaning.
 */
const time = z.iso.datetime({ precision: 3 });
const count = z.int().min(0).nullable();

export const datasetFile = z.strictObject({
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
  source: z.literal('github_gist'),
  license: z.enum(licenseIds).describe('SPDX id of the licence the contributor chose'),
  record_id: z.string().describe('Fixed per gist, in every snapshot'),
  seq: z.int().min(1).describe('Log number of the move that listed this revision; see removed.ndjson'),
  title: z.string().max(200).describe('The gist’s description, else its first file’s name'),
  topic: z.string().nullable().describe('What the session is about, declared in openagentsessions.json'),
  tags: z.array(z.string()).describe('Declared in openagentsessions.json'),
  files: z.array(datasetFile).describe('The gist’s files at gist_version'),
  total_bytes: z.int().min(0).describe('Sum of the files’ sizes'),
  agent: z.string().nullable().describe('Which coding agent wrote the session'),
  agent_version: z.string().nullable(),
  format: z.string().nullable().describe('File format of the session'),
  session_ids: z.array(z.string()).nullable(),
  models: z.array(z.string()).nullable(),
  started_at: time.nullable(),
  ended_at: time.nullable(),
  user_messages: count,
  assistant_messages: count,
  tool_calls: count,
  tool_names: z.array(z.string()).nullable(),
  input_tokens: count,
  output_tokens: count,
  languages: z.array(z.string()).nullable(),
  license_declared_by: z.literal('contributor').describe('Who chose the licence'),
  attestation_version: z.string().describe('Version of the statement the contributor confirmed'),
  scanner_version: z.string().nullable().describe('Ruleset that looked for secrets'),
  scan: z
    .enum(['clean', 'reviewed'])
    .nullable()
    .describe('Nothing found, or every finding reviewed by a moderator'),
  first_prompt_present: z.boolean().nullable(),
  tool_calls_paired: z.boolean().nullable(),
  truncated: z.boolean().nullable(),
  has_thinking: z.boolean().nullable(),
  has_subagents: z.boolean().nullable(),
  redactions: count,
  content_key: z.string().nullable().describe('Equal for rows that hold the same session'),
});
export type DatasetRow = z.infer<typeof datasetRow>;

/** Field names in their order in every file. */
export const datasetFields = Object.keys(datasetRow.shape) as (keyof DatasetRow)[];
