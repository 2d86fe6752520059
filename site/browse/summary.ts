import { z } from 'zod';
import { facetNames } from './facets.ts';
import { browseFiles, browseVersion } from './files.ts';

const count = z.int().min(0);
const fileSize = z.strictObject({ bytes: z.int().min(12), footer: z.int().min(12) });

/** What pages tell of the whole index: `summary.json` beside the other browse files. */
export const summary = z.strictObject({
  browse_version: z.literal(browseVersion),
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
        .array(
          z.strictObject({
            value: z.string(),
            label: z.string().nullable(),
            sessions: count,
            first: count.describe('Where its rows begin in postings.parquet'),
          }),
        )
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
  files: z.record(z.enum(browseFiles), fileSize).nullable().describe('Null where nothing is listed'),
});
export type Summary = z.infer<typeof summary>;
