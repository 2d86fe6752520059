import { z } from 'zod';

/**
 * What became of a gist:
 *
 *   ok             every file is here, and is what the snapshot says
 *   changed        it is not listed at this revision any more: it was edited, or waits to be looked at again
 *   gone           it left the index, GitHub has it no more, or the snapshot never listed it
 *   secret         its owner made it secret
 *   too_large      larger than was asked for
 *   rate_limited   GitHub let us no further; the next run goes on
 *   hash_mismatch  other bytes came than the snapshot says
 *   error          anything else, such as a host that does not answer; the next run tries again
 */
export const outcomes = [
  'ok',
  'changed',
  'gone',
  'secret',
  'too_large',
  'rate_limited',
  'hash_mismatch',
  'error',
] as const;
export type Outcome = (typeof outcomes)[number];

/** How many gists had each outcome, before any is counted. */
export const noCounts = (): Record<Outcome, number> => ({
  ok: 0,
  changed: 0,
  gone: 0,
  secret: 0,
  too_large: 0,
  rate_limited: 0,
  hash_mismatch: 0,
  error: 0,
});

/** A line of `status.ndjson`. The lines of two runs with the same outcome are the same bytes. */
export const statusLine = z.strictObject({
  gist_id: z.string(),
  record_id: z.string(),
  gist_version: z.string().nullable().describe('Null of a gist that the snapshot does not list'),
  status: z.enum(outcomes),
  why: z.string().nullable().describe('A sentence, where the status is not ok'),
  files: z
    .array(
      z.strictObject({
        name: z.string().describe('The file’s name in the gist'),
        path: z.string().describe('Where it is in the copy, with / between folders'),
        bytes: z.int().min(0),
        git_blob_sha: z.string(),
      }),
    )
    .describe('The files that are here: all of them, or none'),
});
export type StatusLine = z.infer<typeof statusLine>;
