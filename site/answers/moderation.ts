import { z } from 'zod';
import { licenseIds } from '#domain/license.ts';
import { decisions, reasonIds } from '#domain/moderation.ts';
import { states } from '#domain/submission.ts';
import { answeredContradiction, storedInspection } from './inspection.ts';
import { answeredFile, historyLine } from './submission.ts';

/** What a moderator sees of a submission in the queue. */
const moderationItem = z.object({
  gist_id: z.string(),
  gist_url: z.string(),
  revision: z.string(),
  approved_revision: z.string().nullable(),
  state: z.enum(states),
  title: z.string(),
  owner_login: z.string().nullable(),
  owner_id: z.string(),
  license: z.enum(licenseIds),
  attestation_version: z.string(),
  files: z.array(answeredFile),
  total_bytes: z.number(),
  submitted_at: z.string(),
  own: z.boolean(),
  appeal: z.string().nullable(),
  reports: z.array(z.object({ reason: z.enum(reasonIds), text: z.string().nullable(), at: z.string() })),
  allowed: z.array(z.enum(decisions)),
  history: z.array(historyLine),
  agent: z.string().nullable(),
  agent_version: z.string().nullable(),
  format: z.string().nullable(),
  /** Null when this revision was never inspected, as are the counts. */
  recognised: z.boolean().nullable(),
  finding_counts: z
    .object({ blocking: z.number(), declared_false: z.number(), low: z.number(), omitted: z.number() })
    .nullable(),
  declaration_problem: z.string().nullable(),
  contradictions: z.array(answeredContradiction),
  suspected: z.boolean(),
});
export type ModerationItem = z.infer<typeof moderationItem>;

export const moderationQueue = z.object({ items: z.array(moderationItem), next: z.string().nullable() });

/** One submission with all that was found out about it. */
export const moderationCase = moderationItem.extend({
  inspection: storedInspection.nullable(),
  /** False when the rules have changed since: approving looks again. */
  current: z.boolean(),
});
export type ModerationCase = z.infer<typeof moderationCase>;
