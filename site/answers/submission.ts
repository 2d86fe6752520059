import { z } from 'zod';
import { finding } from '#domain/finding.ts';
import { licenseIds } from '#domain/license.ts';
import { reasonIds } from '#domain/moderation.ts';
import { availabilities, type Move, moves, presences, states } from '#domain/submission.ts';
import { answeredContradiction } from './inspection.ts';

const moveIds = Object.keys(moves) as [Move, ...Move[]];

/** One line of a submission's history. */
export const historyLine = z.object({
  seq: z.number(),
  at: z.string(),
  move: z.enum(moveIds),
  from_state: z.enum(states).nullable(),
  to_state: z.enum(states),
  revision: z.string().nullable(),
  reason: z.enum(reasonIds).nullable(),
  note: z.string().nullable(),
});
export type HistoryLine = z.infer<typeof historyLine>;

export const answeredFile = z.object({
  name: z.string(),
  bytes: z.number(),
  git_blob_sha: z.string(),
  raw_url: z.string(),
});

/** One of the visitor's own submissions. */
const mySubmission = z.object({
  gist_id: z.string(),
  gist_url: z.string(),
  record_id: z.string(),
  title: z.string(),
  state: z.enum(states),
  availability: z.enum(availabilities),
  presence: z.enum(presences),
  /** Null where the owner has yet to confirm what was taken over from the earlier site. */
  license: z.enum(licenseIds).nullable(),
  revision: z.string(),
  approved_revision: z.string().nullable(),
  submitted_at: z.string(),
  approved_at: z.string().nullable(),
  files: z.array(answeredFile),
  total_bytes: z.number(),
  reason: z.enum(reasonIds).nullable(),
  note: z.string().nullable(),
  allowed: z.array(z.enum(['withdraw', 'appeal', 'object', 'resubmit', 'attest'])),
  history: z.array(historyLine),
  agent: z.string().nullable(),
  agent_version: z.string().nullable(),
  format: z.string().nullable(),
  /** Null when this revision was never inspected. */
  recognised: z.boolean().nullable(),
  findings: z.array(finding),
  findings_omitted: z.number(),
  blocking: z.number(),
  declaration_problem: z.string().nullable(),
  contradictions: z.array(answeredContradiction),
  /** Suspended because a later look found a secret. */
  suspected: z.boolean(),
});
export type MySubmission = z.infer<typeof mySubmission>;

export const mySubmissions = z.object({ items: z.array(mySubmission), next: z.string().nullable() });
