import { join } from 'node:path';
import { entriesOf } from '../copy/entries.ts';
import { heldGists } from '../copy/held.ts';
import { gistOfLine } from '../copy/line-gist.ts';
import { rawLines } from '../copy/raw-lines.ts';
import type { Survey } from '../copy/survey.ts';
import type { Report } from './finding.ts';

/** Reports what is in `sessions/` and belongs to no gist that is or was listed. */
export async function checkFolders(
  copy: string,
  survey: Survey,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  for await (const one of heldGists(copy, signal)) {
    if (one.gistId !== null && survey.gone.has(one.gistId)) continue;
    if (one.kind === 'stranger') {
      report(one.entry.kind === 'link' ? 'link' : 'unknown', one.entry.path, one.gistId);
    } else if (!survey.revisions.has(one.gistId)) {
      report('unknown', one.path, one.gistId, 'no such gist is listed');
    }
  }
}

/** The revisions that `status*.ndjson` say are here, by gist. */
export async function toldHere(copy: string): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>();
  for (const { name, kind } of entriesOf(copy, '.')) {
    if (kind !== 'file' || !/^status(?:-[\w-]+)?\.ndjson$/.test(name)) continue;
    for await (const line of rawLines(join(copy, name))) {
      const { gist_id, gist_version, status } = gistOfLine(line) ?? {};
      if (status === 'ok' && gist_id !== undefined) told.set(gist_id, gist_version ?? '');
    }
  }
  return told;
}

const known = ['snapshots', 'latest', 'removed.ndjson', 'sessions', 'store', 'sts', 'messages', 'parquet'];

/** Names in the copy's folder that are not of its layout: nobody looks into them. */
export function othersIn(copy: string): string[] {
  const names = entriesOf(copy, '.').map(({ name }) => name);
  return names.filter(
    (name) => !known.includes(name) && !name.startsWith('.') && !/^status(?:-[\w-]+)?\.ndjson$/.test(name),
  );
}
