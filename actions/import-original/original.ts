import { z } from 'zod';
import { parseGistAddress } from '#domain/gist-address.ts';

/** GitHub's numeric account id, as the original wrote it. */
export const githubId = z.string().regex(/^[1-9]\d{0,14}$/);
const login = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/);
const state = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'REMOVED']).transform((word) => standing[word]);
const standing = {
  PENDING: 'pending',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  REMOVED: 'removed',
} as const;

/** Of our times: what is far from them could not be written as JSON has it, nor stand in a row. */
const time = z.date().min(new Date('2000-01-01')).max(new Date('2100-01-01'));
/** As JSON has it; `z.coerce` alone takes null for 1970. */
const writtenTime = z.string().pipe(z.coerce.date()).pipe(time);

const account = z.object({ githubId, login, since: writtenTime });
export type OriginalAccount = z.infer<typeof account>;

const logged = z.object({
  from: state,
  to: state,
  reason: z.string().nullable(),
  at: writtenTime,
  /** Null where the account is gone. */
  by: account.nullable(),
});

/** A submission of the original with all that is taken over of it. */
const submission = z.object({
  id: z.string(),
  gistId: z
    .string()
    .transform((id) => id.toLowerCase())
    .refine((id) => parseGistAddress(id)?.gistId === id),
  gistOwnerId: githubId,
  gistOwnerLogin: login,
  gistDescription: z.string().nullable(),
  gistVersion: z.string().regex(/^[0-9a-f]{40}$/),
  gistUpdatedAt: time,
  lastCheckedAt: time,
  state,
  moderationReason: z.string().nullable(),
  lastModeratedAt: time.nullable(),
  lastModeratedBy: account.nullable(),
  createdAt: time,
  updatedAt: time,
  submitter: account,
  log: z.array(logged),
});
export type Original = z.infer<typeof submission>;
export type OriginalState = Original['state'];

/** A row that cannot be taken over, and why not: the end of a sentence. */
export interface Fault {
  id: string;
  because: string;
}

/** Reads a row as the original's database gave it. */
export function readOriginal(row: unknown): Original | Fault {
  const { data, error } = submission.safeParse(row);
  if (error)
    return { id: idOf(row), because: `its ${error.issues[0]?.path.join('.')} is missing or malformed` };
  if (data.submitter.githubId !== data.gistOwnerId) {
    return { id: data.id, because: 'it was not submitted by the account that owns its gist' };
  }
  return data;
}

/** What a row is called by in the original. */
export function idOf(row: unknown): string {
  return z.object({ id: z.string() }).parse(row).id;
}
