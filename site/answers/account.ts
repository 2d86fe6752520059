import { z } from 'zod';
import { reasonIds } from '#domain/moderation.ts';
import { reportStandings } from '#domain/report.ts';

/** Where the visitor is signed in. */
export const mySessions = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      current: z.boolean(),
      created_at: z.string(),
      last_seen: z.string(),
      expires_at: z.string(),
    }),
  ),
});
export type MySession = z.infer<typeof mySessions>['items'][number];

/** What the visitor reported, and what became of it. */
export const myReports = z.object({
  items: z.array(
    z.object({
      gist_id: z.string(),
      reason: z.enum(reasonIds),
      text: z.string(),
      at: z.string(),
      closed_at: z.string().nullable(),
      standing: z.enum(reportStandings),
    }),
  ),
});
export type MyReport = z.infer<typeof myReports>['items'][number];
