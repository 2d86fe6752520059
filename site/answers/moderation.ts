import { z } from 'zod';
import { flags } from '#domain/flag.ts';
import { licenseIds } from '#domain/license.ts';
import { decisions, reasonIds } from '#domain/moderation.ts';
import { waitings } from '#domain/queue.ts';
import { states } from '#domain/submission.ts';
import { answeredContradiction, storedInspection } from './inspection.ts';
import { answeredFile, historyLine } from './submission.ts';

/** Another moderator who has a submission open now, and since when. */
const reader = z.object({ login: z.string(), since: z.string() });

const decided = z.object({
  by: z.string().nullable(),
  at: z.string(),
  reason: z.enum(reasonIds).nullable(),
  note: z.string().nullable(),
});

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
  license: z.enum(licenseIds).nullable(),
  attestation_version: z.string().nullable(),
  files: z.array(answeredFile),
  total_bytes: z.number(),
  submitted_at: z.string(),
  own: z.boolean(),
  /** The moderator who asks rejected what is answered now: another one decides about the answer. */
  decided_by_you: z.boolean().default(false),
  /** Null where it does not wait. */
  waiting: z.enum(waitings).nullable(),
  flags: z.array(z.enum(flags)),
  readers: z.array(reader),
  escalated: z.object({ by: z.string().nullable(), note: z.string().nullable(), at: z.string() }).nullable(),
  /** There is another moderator to ask. */
  may_escalate: z.boolean(),
  contributor: z.object({
    since: z.string(),
    submissions: z.number(),
    approved: z.number(),
    rejected: z.number(),
    removed: z.number(),
    withdrawn: z.number(),
    pending: z.number(),
  }),
  duplicates: z.array(
    z.object({
      gist_id: z.string(),
      title: z.string(),
      state: z.enum(states),
      owner_login: z.string().nullable(),
      same: z.array(z.enum(['session_id', 'content_key'])),
    }),
  ),
  appeal: z.string().nullable(),
  /** The rejection that the waiting answer answers. */
  appeal_of: decided.nullable(),
  reports: z.array(z.object({ reason: z.enum(reasonIds), text: z.string().nullable(), at: z.string() })),
  allowed: z.array(z.enum(decisions)),
  history: z.array(historyLine.extend({ by: z.string().nullable() })),
  agent: z.string().nullable(),
  agent_version: z.string().nullable(),
  format: z.string().nullable(),
  user_messages: z.number().nullable(),
  assistant_messages: z.number().nullable(),
  tool_calls: z.number().nullable(),
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

/** How many wait, by what they wait for; of the whole queue, whatever is filtered. */
const waitingCounts = z.record(z.enum(waitings), z.number());
export type WaitingCounts = z.infer<typeof waitingCounts>;

export const moderationQueue = z.object({
  items: z.array(moderationItem),
  next: z.string().nullable(),
  counts: waitingCounts,
});
export type ModerationQueue = z.infer<typeof moderationQueue>;

/** One submission with all that was found out about it. */
export const moderationCase = moderationItem.extend({
  inspection: storedInspection.nullable(),
  /** False when the rules have changed since: approving looks again. */
  current: z.boolean(),
  /** The files of the approved revision, where that is another one; null when they are not known. */
  approved_files: z.array(answeredFile).nullable(),
  /** Its neighbours in the queue, oldest first. */
  position: z.object({ previous: z.string().nullable(), next: z.string().nullable() }),
});
export type ModerationCase = z.infer<typeof moderationCase>;

/** How the queue fares: what waits, and what was decided in the last days. */
export const moderationStatistics = z.object({
  oldest_waiting: z.string().nullable(),
  days: z.number(),
  decided: z.number(),
  median_hours: z.number().nullable(),
  by_decision: z.object({ approve: z.number(), reject: z.number(), remove: z.number() }),
  by_reason: z.partialRecord(z.enum(reasonIds), z.number()),
});
export type ModerationStatistics = z.infer<typeof moderationStatistics>;
