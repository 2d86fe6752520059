import { bytesText } from '#domain/bytes-text.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { JobResult } from '../job.ts';
import { otherHistory } from './append-only.ts';
import type { Refused } from './decide.ts';
import { bytesOf } from './local-snapshot.ts';
import type { Outcome } from './run.ts';

const busy =
  'Another job is exporting, publishing or releasing. Wait until it has ended, then run this again.';

/** Tells what publishing did: lines for people, a summary for programs, or why it would not. */
export function report(
  outcome: Outcome,
  { title, publicPlace }: Pick<Bucket, 'title' | 'publicPlace'>,
  output: string,
  seconds: number,
): JobResult {
  const place = { place: publicPlace, seconds };
  switch (outcome.kind) {
    case 'published': {
      const { local, created, found } = outcome;
      const { snapshot_id: id, snapshot_dir, record_count } = local.manifest;
      const size = bytesText(bytesOf(local));
      return {
        ok: true,
        lines: [
          `Snapshot ${id} is published: ${record_count} sessions, ${created + found} files, ${size}.`,
          ...(found > 0 ? [`${found} of its files were there from an earlier run, and are right.`] : []),
          `${publicPlace}/${snapshot_dir}/, and latest leads to it; in ${seconds.toFixed(1)} s`,
        ],
        summary: { published: true, snapshot_id: id, ...place, created, found, bytes: bytesOf(local) },
      };
    }
    case 'planned': {
      const { local, files, latest } = outcome;
      const { snapshot_id: id } = local.manifest;
      const missing = files.filter(({ there }) => !there);
      const bytes = missing.reduce((sum, file) => sum + file.bytes, 0);
      return {
        ok: true,
        lines: [
          `Snapshot ${id} would be published in ${title}, where latest is ${latest ?? 'not there yet'}.`,
          ...files.map(
            (file) => `  ${file.there ? 'there ' : 'create'}  ${file.key}  ${bytesText(file.bytes)}`,
          ),
          ...local.files.map((file) => `  replace latest/${file.name}  ${bytesText(file.bytes)}`),
          `To create: ${missing.length} files, ${bytesText(bytes)}. To replace: ${local.files.length} files, ${bytesText(bytesOf(local))}. Nothing was written.`,
        ],
        summary: { published: false, snapshot_id: id, ...place, latest, files, bytes },
      };
    }
    case 'finished':
      return {
        ok: true,
        lines: [`Snapshot ${outcome.id} was published by an earlier run; the history knows it now.`],
        summary: { published: true, snapshot_id: outcome.id, ...place },
      };
    case 'nothing':
      return {
        ok: true,
        lines: [
          outcome.id === null
            ? 'There is no snapshot yet. Run npm run dataset:export first.'
            : `Nothing to publish: ${outcome.id} is the newest snapshot, and is published.`,
        ],
        summary: { published: false, snapshot_id: outcome.id, ...place },
      };
    case 'overtaken':
      return {
        ok: false,
        sentence: `An earlier run had published snapshot ${outcome.id} before it died; the history knows it now. Snapshot ${outcome.abandoned} tells of changes since an older one, and is given up: run npm run dataset:export, then this again.`,
      };
    case 'busy':
      return { ok: false, sentence: busy };
    case 'refused':
      return { ok: false, sentence: refusals[outcome.why](outcome, title, output) };
  }
}

const refusals: Record<Refused['why'], (refused: Refused, title: string, output: string) => string> = {
  not_here: ({ id }, _title, output) =>
    `The files of snapshot ${id} in ${output} are not what its manifest says, or not there. Run npm run dataset:export, which gives it up and makes another, then this again.`,
  gone_from_here: ({ id }, title, output) =>
    `There is none in ${title} yet, and the files of snapshot ${id}, which was published before, are not whole in ${output}. Run npm run dataset:export; where it makes no other, because nothing changed, bring them there by npm run dataset:fetch or from their release. Then run this again.`,
  other_bytes: ({ id }, title) =>
    `${title} has a snapshot ${id} with other bytes. ${otherHistory} Nothing was overwritten.`,
  bucket_empty: ({ id, expected }, title) =>
    expected === id
      ? `Snapshot ${id} was published, but there is none in ${title}. Correct the bucket; or, if this one is to begin empty, run this again with --empty-bucket.`
      : `Snapshot ${id} follows ${expected}, but there is none in ${title}. Correct the bucket; or, if this one is to begin empty, run this again with --empty-bucket.`,
  bucket_elsewhere: ({ id, expected, found }, title) =>
    `latest in ${title} is ${found}, not ${expected ?? 'empty'}${expected === id ? '' : `, which snapshot ${id} follows`}. ${otherHistory} Nothing was written.`,
};
