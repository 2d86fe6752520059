import { z } from 'zod';
import { readSmall } from '../fetch/download.ts';
import type { Source } from '../fetch/source.ts';

const withdrawnSnapshots = z.array(
  z.looseObject({
    snapshot_id: z.string(),
    withdrawn_at: z.string().max(40),
    reason: z.string().max(40).regex(/^\w*$/),
  }),
);
export type Withdrawn = z.infer<typeof withdrawnSnapshots>[number];

/** The snapshots that were withdrawn as a whole, see docs/operations.md; null where what says so cannot be understood. */
export async function readWithdrawn(source: Source): Promise<readonly Withdrawn[] | null> {
  const bytes = await readSmall(source, 'withdrawn-snapshots.json');
  if (bytes === null) return [];
  try {
    return withdrawnSnapshots.safeParse(JSON.parse(bytes.toString())).data ?? null;
  } catch {
    return null;
  }
}
