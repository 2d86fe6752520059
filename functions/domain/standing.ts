import { z } from 'zod';
import { departures } from './submission.ts';

/** What may have become of a session that was listed once. */
export const standings = ['listed', ...departures] as const;
export type Standing = (typeof standings)[number];

const sessions = z.int().min(0);

/** What became of the sessions that were listed first in one month. */
const monthStanding = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .describe('Month, in UTC, in which the sessions were listed first'),
  listed: sessions.describe('Listed in this snapshot'),
  suspended: sessions.describe('Out for now; may come back'),
  withdrawn: sessions.describe('Taken back by their owners'),
  removed: sessions.describe('Taken out by moderators'),
  gone: sessions.describe('No longer public gists of their owners'),
} satisfies Record<Standing | 'month', z.ZodType>);
export type MonthStanding = z.infer<typeof monthStanding>;

/** `standing.json`: counts alone, of no account and no gist. */
export const standing = z.strictObject({
  log_seq: z.int().min(0).describe('The last log number that is counted'),
  months: z
    .array(monthStanding)
    .describe(
      'Oldest first, without months in which nothing was listed first; the numbers of a month add up',
    ),
});
