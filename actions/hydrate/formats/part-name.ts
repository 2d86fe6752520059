import { type Shard, shardName } from '../../copy/layout.ts';

/** Bytes after which a file is followed by another. */
export const enoughBytes = 512 * 1024 * 1024;

/** `messages.jsonl`, then `messages-part-00002.jsonl`; of a shard, with the shard after it. */
export function partName(name: string, part: number, shard: Shard): string {
  const dot = name.lastIndexOf('.');
  const numbered =
    part === 1 ? name : `${name.slice(0, dot)}-part-${String(part).padStart(5, '0')}${name.slice(dot)}`;
  return shardName(numbered, shard);
}
