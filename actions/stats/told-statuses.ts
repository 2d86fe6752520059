import { join } from 'node:path';
import { z } from 'zod';
import { entriesOf } from '../copy/entries.ts';
import { rawLines } from '../copy/raw-lines.ts';
import { outcomes } from '../copy/status-line.ts';

const told = z.object({ gist_id: z.string(), gist_version: z.string(), status: z.enum(outcomes) });

/** What `status*.ndjson` say became of each revision of a gist, by "<gist id> <revision>". What is here is here, whatever another file says. */
export async function toldStatuses(copy: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { name, kind } of entriesOf(copy, '.')) {
    if (kind !== 'file' || !/^status(?:-[\w-]+)?\.ndjson$/.test(name)) continue;
    for await (const line of rawLines(join(copy, name))) {
      const one = told.safeParse(parse(line)).data;
      if (one === undefined) continue;
      const key = `${one.gist_id} ${one.gist_version}`;
      if (found.get(key) !== 'ok') found.set(key, one.status);
    }
  }
  return found;
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    return null;
  }
}
