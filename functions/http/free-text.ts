import { z } from 'zod';
import { maxNoteLength } from '#domain/moderation.ts';

/**
 * A text somebody typed: trimmed, at most 1000 characters, line breaks as they are, other control and format
 * characters taken out (PostgreSQL stores no NUL). Empty when absent.
 */
export const freeText = z
  .string('it must be text')
  .max(maxNoteLength * 2, `it is longer than ${maxNoteLength} characters`)
  .transform((text) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n\t]|(?!\u200d)\p{Cf}/gu, '')
      .trim(),
  )
  .pipe(z.string().max(maxNoteLength, `it is longer than ${maxNoteLength} characters`))
  .nullish()
  .transform((text) => text ?? '');
