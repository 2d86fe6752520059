import { z } from 'zod';
import { bulkSize } from '#domain/moderation.ts';
import { readRevision } from './revision.ts';

const chosenRow = z.object({ gist_id: z.string('name the gist').min(1).max(64), revision: readRevision });
/** One submission, at the revision a moderator has read. */
export type ChosenRow = z.infer<typeof chosenRow>;

const rows = z
  .array(chosenRow, 'choose at least one submission')
  .min(1, 'choose at least one submission')
  .max(bulkSize, `there are more than ${bulkSize}`);

/** What a form's checkbox stands for. */
const checkbox = z
  .string('it must be a gist’s id, a colon and a revision')
  .transform((text) => {
    const [gist_id = '', revision = ''] = text.split(':');
    return { gist_id, revision };
  })
  .pipe(chosenRow);

/** The rows chosen, from JSON's `rows` or a form's fields `row`. */
export const bulkInput = z
  .object({
    rows: rows.optional(),
    row: z
      .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(checkbox).max(bulkSize))
      .optional(),
  })
  .transform(({ rows: named, row }) => ({ rows: named ?? row ?? [] }))
  .pipe(z.object({ rows }))
  .transform((chosen) => chosen.rows);
