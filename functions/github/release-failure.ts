import { z } from 'zod';
import { type Failure, readFailure } from './failure.ts';

/**
 * Why a release could not be asked for or written. `missing`: GitHub knows no such thing, or does not show it to this
 * token. `refused`: GitHub understood and will not; `says` are its words, cut and on one line.
 */
export type ReleaseFailure = Failure | { kind: 'refused'; why: Refused; says: string };

type Refused =
  /** The token is not known. */
  | 'credentials'
  /** The token may not do this. */
  | 'permission'
  /** The repository has another name. */
  | 'moved'
  /** The tag, or an asset's name, is taken. */
  | 'taken'
  /** A release that is gone had this tag, and was immutable. */
  | 'tag_used'
  /** The release is published, and nothing in it can be changed. */
  | 'immutable'
  | 'other';

const refusal = z.object({
  status: z.int(),
  response: z
    .object({
      data: z.object({
        message: z.string().default(''),
        errors: z
          .array(
            z
              .object({ code: z.string().default(''), message: z.string().default('') })
              .catch({ code: '', message: '' }),
          )
          .default([]),
      }),
    })
    .optional()
    .catch(undefined),
});

/** Reads what Octokit threw about a release. */
export function readReleaseFailure(error: unknown): ReleaseFailure {
  const failure = readFailure(error);
  const parsed = refusal.safeParse(error);
  if (failure.kind !== 'unavailable' || !parsed.success) return failure;
  const { status, response } = parsed.data;
  const errors = response?.data.errors ?? [];
  const says = wordsOf([response?.data.message ?? '', ...errors.map(({ code, message }) => message || code)]);
  if (status >= 300 && status < 400) return { kind: 'refused', why: 'moved', says };
  if (status === 401) return { kind: 'refused', why: 'credentials', says };
  if (status === 403) return { kind: 'refused', why: 'permission', says };
  if (status !== 400 && status !== 409 && status !== 422) return failure;
  if (errors.some(({ code }) => code === 'already_exists')) return { kind: 'refused', why: 'taken', says };
  if (/used by an immutable release/.test(says)) return { kind: 'refused', why: 'tag_used', says };
  if (/immutable release/.test(says)) return { kind: 'refused', why: 'immutable', says };
  return { kind: 'refused', why: 'other', says };
}

function wordsOf(parts: readonly string[]): string {
  const words = parts.map((part) => part.replace(/[\p{Cc}\s]+/gu, ' ').trim()).filter(Boolean);
  return words.join(': ').slice(0, 300);
}
