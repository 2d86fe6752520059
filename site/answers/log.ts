import { z } from 'zod';
import { changeKinds, type Move, moves } from '#domain/submission.ts';

const moveIds = Object.keys(moves) as [Move, ...Move[]];

/** The public log: decisions about rows that were listed, and how many submissions were rejected, by reason. */
export const publicLog = z.object({
  items: z.array(
    z.object({
      seq: z.number(),
      at: z.string(),
      gist_id: z.string(),
      move: z.enum(moveIds),
      kind: z.enum(changeKinds).nullable(),
      reason: z.string().nullable(),
    }),
  ),
  rejections: z.record(z.string(), z.number()),
  next: z.union([z.string(), z.number()]).nullable(),
});
