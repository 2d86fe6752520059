import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Tally } from '../tally.ts';

/** Rows by licence and by agent, most first. */
export interface RowCounts {
  licenses: [string, number][];
  /** Null: no agent is known, or no one agent. */
  agents: [string | null, number][];
}

const row = z.object({ license: z.string(), agent: z.string().nullable() });

/** Counts a snapshot's rows as they are read; memory use does not grow with them. Throws the signal's reason. */
export async function countRows(
  folder: string,
  total: number,
  watch: { tally: (tally: Tally) => void; signal: AbortSignal },
): Promise<RowCounts> {
  const licenses = new Map<string, number>();
  const agents = new Map<string | null, number>();
  const input = createReadStream(join(folder, 'submissions.ndjson'));
  let counted = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (counted % 1000 === 0) {
      watch.signal.throwIfAborted();
      watch.tally({ done: counted, total, unit: 'rows' });
    }
    counted += 1;
    const { license, agent } = row.parse(JSON.parse(line));
    licenses.set(license, (licenses.get(license) ?? 0) + 1);
    agents.set(agent, (agents.get(agent) ?? 0) + 1);
  }
  return { licenses: mostFirst(licenses), agents: mostFirst(agents) };
}

function mostFirst<K>(counts: Map<K, number>): [K, number][] {
  return [...counts].sort(([a, x], [b, y]) => y - x || (String(a) < String(b) ? -1 : 1));
}
