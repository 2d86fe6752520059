import { z } from 'zod';
import { readSmall } from '../fetch/download.ts';
import type { Source } from '../fetch/source.ts';

const time = z.iso.datetime({ precision: 3 });
const status = z.looseObject({
  generated_at: time,
  last_recheck: z.looseObject({ finished_at: time }).nullable(),
});

/** When the index was last told of, and when its gists were last rechecked; null where nothing tells. */
export async function readLastRecheck(
  source: Source,
): Promise<{ toldAt: string; recheckedAt: string | null } | null> {
  const bytes = await readSmall(source, 'latest/status.json');
  if (bytes === null) return null;
  try {
    const read = status.safeParse(JSON.parse(bytes.toString())).data;
    if (read === undefined) return null;
    return { toldAt: read.generated_at, recheckedAt: read.last_recheck?.finished_at ?? null };
  } catch {
    return null;
  }
}
