import type { Complaints } from './complaints.ts';
import type { Diary } from './diary.ts';
import { type Published, type Snapshot, sha256 } from './published.ts';

/** The sums of every file of a snapshot that was seen, by path. */
export type Sums = Map<string, string>;

/** A snapshot's files are what its manifest and SHA256SUMS say, and count what they say they count. */
export function checkFiles(snapshot: Snapshot, complaints: Complaints): void {
  const { manifest, files } = snapshot;
  const sums = new Map(
    (files.get('SHA256SUMS') ?? Buffer.of())
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  for (const [name, said] of Object.entries(manifest.files)) {
    const bytes = files.get(name) ?? Buffer.of();
    const holds = bytes.length === said.bytes && sha256(bytes) === said.sha256;
    complaints.check(
      0,
      holds && sums.get(name) === said.sha256,
      () => `${name} is not what the manifest says`,
    );
  }
  const own = files.get('manifest.json') ?? Buffer.of();
  complaints.check(
    0,
    own.equals(snapshot.manifestBytes),
    () => 'latest/manifest.json is another than the snapshot’s own',
  );
  complaints.check(
    0,
    sums.get('manifest.json') === sha256(own),
    () => 'SHA256SUMS has another manifest.json',
  );

  const { rows, urls } = snapshot;
  const records = new Set(rows.map((row) => row.record_id));
  const counted = rows.length === manifest.record_count && records.size === rows.length;
  complaints.check(0, counted, () => `${manifest.record_count} rows are promised, ${records.size} are there`);
  const sameUrls = urls.join() === rows.map((row) => row.gist_url).join();
  complaints.check(0, sameUrls, () => 'urls.txt does not list the rows');
  const kinds: Record<string, number> = {};
  for (const { kind } of snapshot.changes) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const told = Object.entries(kinds).every(([kind, count]) => manifest.changes[kind] === count);
  const many = Object.values(manifest.changes).reduce((sum, count) => sum + count, 0);
  complaints.check(0, told && many === snapshot.changes.length, () => 'the manifest counts other changes');
  const id = manifest.generated_at.replace(/[:.]/g, '-');
  complaints.check(0, manifest.snapshot_id === id, () => `${manifest.snapshot_id} is not its time`);
}

/** Snapshots follow one another, and none is skipped. */
export function checkSuccession(now: Snapshot, before: Snapshot | null, complaints: Complaints): void {
  const { manifest } = now;
  const follows = manifest.previous_snapshot === (before?.manifest.snapshot_id ?? null);
  complaints.check(
    4,
    follows,
    () => `${manifest.snapshot_id} follows ${manifest.previous_snapshot}, which was not the newest`,
  );
  if (before === null) return;
  const later =
    manifest.snapshot_id > before.manifest.snapshot_id && manifest.log_seq >= before.manifest.log_seq;
  complaints.check(
    4,
    later,
    () => `${manifest.snapshot_id} is not later than ${before.manifest.snapshot_id}`,
  );
}

/** Remembers the sums of a snapshot's files. */
export function rememberSums(snapshot: Snapshot, sums: Sums): void {
  for (const [name, bytes] of snapshot.files)
    sums.set(`${snapshot.manifest.snapshot_dir}/${name}`, sha256(bytes));
}

/** What was published once is there, and the same. */
export async function checkUnchanged(
  published: Published,
  sums: Iterable<[string, string]>,
  complaints: Complaints,
): Promise<void> {
  for (const [path, sum] of sums) {
    const bytes = await published(path);
    complaints.check(5, bytes !== null && sha256(bytes) === sum, () =>
      bytes === null ? `${path} is gone` : `${path} was changed`,
    );
  }
}

/** Nothing that was planted in a session, or must not be public, is in a text. */
export function checkForContent(diary: Diary, name: string, text: string, complaints: Complaints): void {
  const lower = text.toLowerCase();
  for (const { mark } of diary.of('planted')) {
    const place = lower.indexOf(mark.toLowerCase());
    complaints.check(3, place < 0, () => `${name} holds what was planted: ${text.slice(place, place + 40)}`);
  }
}
