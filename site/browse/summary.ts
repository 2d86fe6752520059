import { z } from 'zod';
import { facetNames } from './facets.ts';

const count = z.int().min(0);

/** What pages tell of the whole index: `summary.json` beside the other browse files. */
export const summary = z.strictObject({
  snapshot_id: z.string().nullable().describe('Null as long as nothing was exported'),
  sessions: count,
  contributors: count,
  bytes: count.describe('In the listed gists'),
  tool_calls: count.describe('Of those sessions in which they are known; the same for tokens'),
  input_tokens: count,
  output_tokens: count,
  facets: z.record(
    z.enum(facetNames),
    z.strictObject({
      values: z
        .array(z.strictObject({ value: z.string(), label: z.string().nullable(), sessions: count }))
        .describe('Most sessions first; a contributor’s label is the login'),
      more: count.describe('Further values, too many to name here'),
    }),
  ),
  approved: z
    .array(z.strictObject({ month: z.string(), sessions: count }))
    .describe('By month of approval, oldest first, without months that have none'),
  started: z
    .array(z.strictObject({ month: z.string(), sessions: count }))
    .describe('By month in which the session began, where that is known'),
});
export type Summary = z.infer<typeof summary>;
