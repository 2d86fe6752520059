import { createHash } from 'node:crypto';
import type { Shard } from '../copy/layout.ts';

/** Is the gist this shard's? The same on every machine, and in every snapshot. */
export function inShard(gistId: string, { index, of }: Shard): boolean {
  if (of === 1) return true;
  return createHash('sha256').update(gistId).digest().readUInt32BE(0) % of === index - 1;
}
