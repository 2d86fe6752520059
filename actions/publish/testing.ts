import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest, snapshotId } from '#domain/snapshot.ts';
import { type PublishedStatus, publishedStatus } from '#domain/status.ts';
import { departures } from '#domain/submission.ts';
import type { Database } from '#sql/db.ts';
import { readDatasetHead } from '#sql/queries/dataset.ts';
import { markPublished, newestPublishedSnapshot, recordSnapshot } from '#sql/queries/snapshots.ts';
import { asRole } from '#sql/testing.ts';
import { emptyIndex, listGists } from '#sql/testing-rows.ts';
import { type Place, textAt } from '../bucket/testing.ts';
import { writeHashed } from '../export/hashed-file.ts';
import { snapshotFolder } from '../export/output-folder.ts';
import { writeChanges } from '../export/write-changes.ts';
import { sealSnapshot } from '../export/write-snapshot.ts';
import { type Input, type Outcome, run, type Tools } from './run.ts';

/** Publishes what was exported to `output`, with the rights of the jobs. */
export function publishTo(
  db: Database,
  output: string,
  { bucket }: Pick<Place, 'bucket'>,
  options: Partial<Input> & Partial<Tools> = {},
): Promise<Outcome> {
  const { dryRun = false, emptyBucket = false, ...tools } = options;
  return run(
    { output, dryRun, emptyBucket },
    {
      db: asRole('jobs', db),
      bucket,
      tally: () => undefined,
      signal: new AbortController().signal,
      ...tools,
    },
  );
}

/** What a stranger gets at a key; null where there is nothing for strangers. */
async function strangerGets(place: Place, key: string): Promise<Buffer | null> {
  const path = `${place.bucket.publicPlace}/${key}`;
  if (place.access === null) return existsSync(path) ? readFileSync(path) : null;
  const answer = await fetch(path);
  if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  await answer.body?.cancel();
  return null;
}

/**
 * What a stranger finds who follows `latest/manifest.json` to a snapshot's own files, having checked each; null before
 * anything is published. Throws where something is torn.
 */
export async function strangerReads(place: Place) {
  const text = await strangerGets(place, 'latest/manifest.json');
  if (text === null) return null;
  const found = manifest.parse(JSON.parse(text.toString()));
  const sums = (await strangerGets(place, `${found.snapshot_dir}/SHA256SUMS`))?.toString() ?? '';
  const files = new Map<string, string>();
  for (const [, sha256 = '', name = ''] of sums.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)) {
    const bytes = await strangerGets(place, `${found.snapshot_dir}/${name}`);
    const hash = createHash('sha256')
      .update(bytes ?? 'missing')
      .digest('hex');
    if (hash !== sha256) throw new Error(`${name} of ${found.snapshot_id} is torn`);
    if (name !== 'manifest.json' && found.files[name]?.sha256 !== sha256)
      throw new Error(`the manifest of ${found.snapshot_id} has another ${name}`);
    files.set(name, bytes?.toString() ?? '');
  }
  if (files.size !== Object.keys(found.files).length + 1) throw new Error('SHA256SUMS lacks files');
  if (files.get('manifest.json') !== text.toString()) throw new Error('there are two manifests');
  return {
    id: found.snapshot_id,
    previous: found.previous_snapshot,
    rows: found.record_count,
    files,
    removed: linesOf(await strangerGets(place, 'latest/removed.ndjson')),
    status: statusOf(await strangerGets(place, 'latest/status.json')),
  };
}

function linesOf(bytes: Buffer | null): { seq: number; gist_id: string }[] {
  const text = bytes?.toString() ?? '';
  if (text !== '' && !text.endsWith('\n')) throw new Error('removed.ndjson is torn');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function statusOf(bytes: Buffer | null): PublishedStatus | null {
  return bytes && publishedStatus.parse(JSON.parse(bytes.toString()));
}

/** The snapshots the history has as published, oldest first. */
export async function published(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from snapshot where published_at is not null order by id',
  );
  return rows.map(({ id }) => id);
}

/** Leaves the database as a dump does that was made when so many gists were listed, and this snapshot was the newest. */
export async function setBack(
  db: Database,
  { bucket }: Pick<Place, 'bucket'>,
  id: string,
  count: number,
): Promise<void> {
  const text = await textAt(bucket, `snapshots/${id}/manifest.json`);
  await emptyIndex(db);
  await listGists(db, count);
  await recordSnapshot(db, manifest.parse(JSON.parse(text ?? '')));
  await markPublished(db, id);
}

/** Puts a snapshot of what is listed in the output folder as an export would, but for a few small files; returns its id. */
export async function smallSnapshot(db: Database, output: string): Promise<string> {
  const now = new Date();
  const id = snapshotId(now);
  const folder = snapshotFolder(output, id);
  mkdirSync(folder, { recursive: true });
  const described = await db.transaction(async (tx) => {
    const head = await readDatasetHead(tx);
    const { signal } = new AbortController();
    const files = {
      'urls.txt': await writeHashed(join(folder, 'urls.txt'), 'https://…\n'.repeat(head.recordCount)),
      'removed.ndjson': (
        await writeChanges(tx, join(folder, 'removed.ndjson'), { after: 0, kinds: departures }, { signal })
      ).digest,
    };
    const previous = await newestPublishedSnapshot(tx);
    return sealSnapshot(folder, { id, exportedAt: now, head, previous }, files, {});
  }, 'repeatable read read only');
  await recordSnapshot(db, described);
  return id;
}

/** A file of an exported snapshot. */
export const exportedFile = (output: string, id: string, name: string) => join(output, 'snapshots', id, name);
