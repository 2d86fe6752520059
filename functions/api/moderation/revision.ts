import { z } from 'zod';

/** The revision a moderator has read: a commit of the gist. */
export const readRevision = z
  .string('name the revision you have read')
  .regex(/^[0-9a-f]{40}$/, 'it is not a revision');
