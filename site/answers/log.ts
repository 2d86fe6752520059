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
  /** How many reports there were, how many hid a row at once, and how many stand where. */
  reports: z.object({
    received: z.number(),
    quarantined: z.number(),
    hidden: z.number().default(0),
    waiting: z.number().default(0),
    removed: z.number().default(0),
    kept: z.number().default(0),
    left: z.number().default(0),
    closed: z.number().default(0),
  }),
  rejections: z.record(z.string(), z.number()),
  next: z.union([z.string(), z.number()]).nullable(),
});
