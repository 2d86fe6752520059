import { createReadStream } from 'node:fs';

const lineFeed = 0x0a;

/** A part of a file: its first byte, and the one after its last. */
export interface Shard {
  from: number;
  to: number;
}

/** How many shards of at most `most` lines a file of `lines` lines has. */
export const shardCount = (lines: number, most: number): number => Math.ceil(lines / most);

/**
 * Cuts a file of `lines` lines into shards of `most`. They are counted from its end, the last line in the first shard:
 * `urls.txt` has the newest session first, and so what is new changes the last shard alone. One pass over the bytes, none
 * of which it keeps. Throws when the file has fewer lines.
 */
export async function cutShards(file: string, lines: number, most: number): Promise<Shard[]> {
  const count = shardCount(lines, most);
  if (count === 0) return [];
  const cuts: number[] = [0];
  let next = lines - (count - 1) * most;
  let line = 0;
  let passed = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) {
      line += 1;
      if (line !== next) continue;
      cuts.push(passed + at + 1);
      next += most;
    }
    passed += chunk.length;
  }
  if (line < lines) throw new Error(`${file} has ${line} lines; its manifest says ${lines}.`);
  return cuts
    .slice(0, -1)
    .map((from, index) => ({ from, to: cuts[index + 1] ?? from }))
    .reverse();
}

/** The lines of a shard. */
export async function readShard(file: string, { from, to }: Shard): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { start: from, end: to - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}
