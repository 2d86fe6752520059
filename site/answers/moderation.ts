import { z } from 'zod';
import { licenseIds } from '#domain/license.ts';
import { decisions, reasonIds } from '#domain/moderation.ts';
import { states } from '#domain/submission.ts';
import { answeredFile, historyLine } from './submission.ts';

/** What a moderator sees of a submission, in the queue or looked up. */
export const moderationItem = z.object({
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
});
export type ModerationItem = z.infer<typeof moderationItem>;

export const moderationQueue = z.object({ items: z.array(moderationItem), next: z.string().nullable() });
