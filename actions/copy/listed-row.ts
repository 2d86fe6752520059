import { z } from 'zod';

/** Lower case alone, so that no two gists share a folder where names differ by case. */
const gistId = z.string().regex(/^[0-9a-f]{1,64}$/);
const sha = z.string().regex(/^[0-9a-f]{40}$/);
const count = z.int().min(0).nullable();
const names = z.array(z.string()).nullable();

const listedFile = z.object({
  name: z.string().min(1),
  bytes: z.int().min(0),
  git_blob_sha: sha,
  raw_url: z.url(),
});
export type ListedFile = z.infer<typeof listedFile>;

/**
 * A row of a snapshot as somebody reads it who got it from elsewhere: what is used of it is held to its form, and fields of
 * later versions of the schema stay as they are.
 */
export const listedRow = z.looseObject({
  gist_id: gistId,
  gist_url: z.url(),
  gist_owner_login: z.string(),
  gist_version: sha,
  approved_at: z.string(),
  license: z.string(),
  record_id: z.string().min(1),
  seq: z.int().min(1),
  title: z.string(),
  files: z.array(listedFile).max(1000),
  total_bytes: z.int().min(0),
  agent: z.string().nullable(),
  format: z.string().nullable(),
  session_ids: names,
  models: names,
  started_at: z.string().nullable(),
  user_messages: count,
  assistant_messages: count,
  tool_calls: count,
});
export type ListedRow = z.infer<typeof listedRow>;
