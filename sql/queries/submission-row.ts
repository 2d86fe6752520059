import { z } from 'zod';
import { licenseIds } from '#domain/license.ts';
import type { Submission } from '#domain/move.ts';
import { availabilities, objections, presences, states } from '#domain/submission.ts';

/** The columns of a submission, named as the domain names them. */
export const submissionColumns = `
  gist_id as "gistId", record_id as "recordId", account_id as "accountId", owner_id as "ownerId",
  owner_login as "ownerLogin", gist_url as "gistUrl", node_id as "nodeId", title, files,
  total_bytes as "totalBytes", revision, approved_revision as "approvedRevision",
  approved_files as "approvedFiles", previous_revision as "previousRevision", previous_files as "previousFiles",
  gist_updated_at as "gistUpdatedAt", license, attestation_version as "attestationVersion", state, availability,
  presence, quarantined_from as "quarantinedFrom", quarantined_at as "quarantinedAt",
  appealed_revision as "appealedRevision", objection, submitted_at as "submittedAt", approved_at as "approvedAt",
  verified_at as "verifiedAt", pushed_at as "pushedAt", lost_at as "lostAt", last_seq as "lastSeq"`;

const storedFile = z
  .object({ name: z.string(), bytes: z.int(), git_blob_sha: z.string(), raw_url: z.string() })
  .transform((file) => ({
    name: file.name,
    bytes: file.bytes,
    gitBlobSha: file.git_blob_sha,
    rawUrl: file.raw_url,
  }));

const storedFiles = z.array(storedFile);
const time = z.date();

/** Parses a row selected with `submissionColumns`. */
export const submissionRow = z.object({
  gistId: z.string(),
  recordId: z.string(),
  accountId: z.string(),
  ownerId: z.string().nullable(),
  ownerLogin: z.string(),
  gistUrl: z.string(),
  nodeId: z.string(),
  title: z.string(),
  files: storedFiles,
  totalBytes: z.coerce.number(),
  revision: z.string(),
  approvedRevision: z.string().nullable(),
  approvedFiles: storedFiles.nullable(),
  previousRevision: z.string().nullable(),
  previousFiles: storedFiles.nullable(),
  gistUpdatedAt: time,
  license: z.enum(licenseIds).nullable(),
  attestationVersion: z.string().nullable(),
  state: z.enum(states),
  availability: z.enum(availabilities),
  presence: z.enum(presences),
  quarantinedFrom: z.enum(states).nullable(),
  quarantinedAt: time.nullable(),
  appealedRevision: z.string().nullable(),
  objection: z.enum(objections).nullable(),
  submittedAt: time,
  approvedAt: time.nullable(),
  verifiedAt: time,
  pushedAt: time.nullable(),
  lostAt: time.nullable(),
  lastSeq: z.coerce.number(),
}) satisfies z.ZodType<Submission>;

/** The values of the columns that moves may change, in the order `changedColumns` names them. */
export function changedValues(row: Submission): unknown[] {
  return changeable.map(([, value]) => value(row));
}

const changeable: [column: string, value: (row: Submission) => unknown][] = [
  ['account_id', (row) => row.accountId],
  ['owner_id', (row) => row.ownerId],
  ['owner_login', (row) => row.ownerLogin],
  ['gist_url', (row) => row.gistUrl],
  ['node_id', (row) => row.nodeId],
  ['title', (row) => row.title],
  ['files', ({ files }) => filesJson(files)],
  ['total_bytes', (row) => row.totalBytes],
  ['revision', (row) => row.revision],
  ['approved_revision', (row) => row.approvedRevision],
  ['approved_files', ({ approvedFiles }) => approvedFiles && filesJson(approvedFiles)],
  ['previous_revision', (row) => row.previousRevision],
  ['previous_files', ({ previousFiles }) => previousFiles && filesJson(previousFiles)],
  ['gist_updated_at', (row) => row.gistUpdatedAt],
  ['license', (row) => row.license],
  ['attestation_version', (row) => row.attestationVersion],
  ['state', (row) => row.state],
  ['availability', (row) => row.availability],
  ['presence', (row) => row.presence],
  ['quarantined_from', (row) => row.quarantinedFrom],
  ['quarantined_at', (row) => row.quarantinedAt],
  ['appealed_revision', (row) => row.appealedRevision],
  ['objection', (row) => row.objection],
  ['submitted_at', (row) => row.submittedAt],
  ['approved_at', (row) => row.approvedAt],
  ['verified_at', (row) => row.verifiedAt],
  ['pushed_at', (row) => row.pushedAt],
  ['lost_at', (row) => row.lostAt],
];

export const changedColumns: readonly string[] = changeable.map(([column]) => column);

/** The export copies this text into the dataset as it is, so it is written as the dataset has it. */
export function filesJson(files: Submission['files']): string {
  return JSON.stringify(
    files.map((file) => ({
      name: file.name,
      bytes: file.bytes,
      git_blob_sha: file.gitBlobSha,
      raw_url: file.rawUrl,
    })),
  );
}
