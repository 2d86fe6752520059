import type { DatasetRow } from '#domain/dataset-row.ts';
import { bytesText, counted, shortSha } from '../../wording/figures.ts';
import { agentText, countsText, someNames } from '../../wording/session.ts';
import { dayText } from '../../wording/times.ts';
import { drawPicture } from './draw.ts';
import { inTurn } from './in-turn.ts';
import { Kept } from './kept.ts';

/** Raised when pictures are drawn differently, so that copies of earlier ones are asked for anew. */
const version = 1;

const draw = inTurn(16);
const kept = new Kept(32 * 1024 * 1024);

/** Tells one picture from another, as an ETag: what a row says changes with its revision, and by newer rules with a snapshot. */
export const pictureTag = (row: DatasetRow, snapshotId: string): string =>
  `"${version}-${row.gist_version.slice(0, 16)}-${snapshotId}"`;

/** The picture of a session, drawn or kept from before; null where so many are asked for that this one would wait too long. */
export function sessionPicture(row: DatasetRow, tag: string): Promise<Buffer> | null {
  const key = row.gist_id + tag;
  const found = kept.get(key);
  if (found !== null) return Promise.resolve(found);
  return draw(async () => {
    const made = kept.get(key) ?? (await drawSession(row));
    kept.set(key, made);
    return made;
  });
}

function drawSession(row: DatasetRow): Promise<Buffer> {
  const agent = agentText(row);
  const shown = {
    call: [row.gist_id.slice(0, 4), row.gist_id.slice(4, 8)] as const,
    title: row.title,
    lines: [
      [agent ?? 'Agent not known', someNames(row.models, 1)].filter(Boolean).join(' · '),
      countsText(row) ?? `${bytesText(row.total_bytes)} in ${counted(row.files.length, 'file')}`,
      `${row.license} · ${shortSha(row.gist_version)} read ${dayText(row.approved_at)}`,
    ],
    foot: `Open Agent Sessions · shared by ${row.gist_owner_login}`,
  };
  return drawPicture(shown, `A session${agent === null ? '' : ` with ${agent}`}`);
}
