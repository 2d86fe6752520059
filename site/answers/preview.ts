import { z } from 'zod';
import { datasetRow } from '#domain/dataset-row.ts';
import { states } from '#domain/submission.ts';
import { answeredContradiction, answeredInspection } from './inspection.ts';

type RowShape = typeof datasetRow.shape;

/** The dataset's row as far as it is known before a gist is submitted. */
const previewRow = z.object(
  Object.fromEntries(Object.entries(datasetRow.shape).map(([name, field]) => [name, field.nullable()])) as {
    [Name in keyof RowShape]: z.ZodNullable<RowShape[Name]>;
  },
);

/** What a submission of a gist would be taken for, and what speaks against it. */
export const preview = answeredInspection.extend({
  gist_id: z.string(),
  gist_url: z.string(),
  revision: z.string(),
  title: z.string(),
  state: z.enum(states).nullable(),
  /** Why the index would not take the gist, whatever is in it. */
  refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
  recognised: z.boolean(),
  row: previewRow,
  blocking: z.number(),
  contradictions: z.array(answeredContradiction),
});
export type Preview = z.infer<typeof preview>;

/** One page of the visitor's own public gists. */
export const ownGists = z.object({
  items: z.array(
    z.object({
      gist_id: z.string(),
      url: z.string(),
      description: z.string().nullable(),
      files: z.array(z.string()),
      file_count: z.number(),
      total_bytes: z.number(),
      updated_at: z.string(),
      submitted: z.enum(states).nullable(),
    }),
  ),
  next: z.number().nullable(),
});
export type OwnGists = z.infer<typeof ownGists>;
