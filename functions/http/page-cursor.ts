import { z } from 'zod';
import type { Cursor } from '#sql/queries/submissions.ts';

/** Rows a page of a list holds. */
export const pageSize = 50;

/** The `after` of a list: the opaque `next` of the page before. */
export const afterCursor = z
  .string()
  .max(200)
  .optional()
  .transform((text, context): Cursor | null => {
    if (text === undefined) return null;
    const [at = '', gistId = ''] = Buffer.from(text, 'base64url').toString().split('|');
    const time = z.iso.datetime({ precision: 3 }).safeParse(at);
    if (time.success && /^[0-9a-f]{1,32}$/.test(gistId)) return { at: new Date(time.data), gistId };
    context.addIssue({ code: 'custom', message: 'it is not the `next` of an earlier page' });
    return z.NEVER;
  });

/** The `after` of a page, newest first, that begins with what was submitted at this time. */
export function beginAt(submittedAt: Date): string {
  return encodeCursor(new Date(submittedAt.getTime() + 1), '0');
}

/** One page out of `pageSize + 1` rows, and where the next one starts. */
export function cutPage<T extends { submittedAt: Date; gistId: string }>(
  rows: readonly T[],
): { page: T[]; next: string | null } {
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  if (rows.length <= pageSize || !last) return { page, next: null };
  return { page, next: encodeCursor(last.submittedAt, last.gistId) };
}

function encodeCursor(at: Date, gistId: string): string {
  return Buffer.from(`${at.toISOString()}|${gistId}`).toString('base64url');
}
