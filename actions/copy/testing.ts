import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordId } from '#domain/record-id.ts';
import { schemaVersion, snapshotId } from '#domain/snapshot.ts';
import { sessionPath, storedPath } from './layout.ts';
import type { ListedRow } from './listed-row.ts';
import { gistRow } from './testing-rows.ts';

/** Files of a gist by their names. */
export type Texts = Readonly<Record<string, string>>;

/** The id of the `n`th invented gist. */
export function inventedGist(n: number): string {
  return createHash('md5').update(`gist ${n}`).digest('hex');
}

export function revisionOf(name: string): string {
  return createHash('sha1').update(name).digest('hex');
}

export function blobOf(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

/** The row of a gist that has these files. */
export function rowOf(gist_id: string, texts: Texts, fields: Partial<ListedRow> = {}): ListedRow {
  const files = Object.entries(texts).map(([name, text]) => ({
    name,
    bytes: Buffer.byteLength(text),
    git_blob_sha: blobOf(text),
    raw_url: `https://gist.githubusercontent.com/ada/${gist_id}/raw/${blobOf(text)}/${encodeURIComponent(name)}`,
  }));
  const total_bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return gistRow({ gist_id, gist_version: revisionOf('first'), files, total_bytes, ...fields });
}

/** A line of `removed.ndjson`. */
export function removal(gist_id: string, seq: number, fields: Record<string, unknown> = {}) {
  return {
    seq,
    kind: 'removed',
    record_id: recordId(gist_id),
    gist_id,
    gist_version: revisionOf('first'),
    previous_gist_version: revisionOf('first'),
    reason: 'policy',
    at: '2026-11-26T06:00:00.000Z',
    ...fields,
  };
}

/** A copy on disk, as hydrate leaves one. */
export interface TestCopy {
  folder: string;
  /** Writes a file of the copy and the folders it is in. */
  write(path: string, text: string): void;
  /** A snapshot with these rows, made on that day of November; `latest` leads to the one written last. */
  snapshot(day: number, rows: readonly ListedRow[], removed?: readonly object[]): string;
  removed(lines: readonly object[]): void;
  /** Brings a gist's files here, and into the store. */
  bring(row: ListedRow, texts: Texts): void;
}

/** Makes a copy in a folder that is there. */
export function copyIn(folder: string): TestCopy {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return {
    folder,
    write,
    snapshot(day, rows, removed = []) {
      const at = new Date(Date.UTC(2026, 10, day, 6));
      const id = snapshotId(at);
      const texts: Record<string, string> = {
        'submissions.ndjson': lines(rows),
        'removed.ndjson': lines(removed),
      };
      const files = Object.entries(texts).map(([name, text]) => {
        write(`snapshots/${id}/${name}`, text);
        const sha256 = createHash('sha256').update(text).digest('hex');
        return [name, { sha256, bytes: Buffer.byteLength(text) }];
      });
      const manifest = {
        schema_version: schemaVersion,
        generated_at: at.toISOString(),
        record_count: rows.length,
        latest_dir: 'latest',
        snapshot_dir: `snapshots/${id}`,
        snapshot_id: id,
        previous_snapshot: null,
        log_seq: 100,
        verified_from: null,
        verified_to: null,
        changes: {},
        files: Object.fromEntries(files),
      };
      write(`snapshots/${id}/manifest.json`, JSON.stringify(manifest));
      rmSync(join(folder, 'latest'), { force: true });
      symlinkSync(`snapshots/${id}`, join(folder, 'latest'));
      return id;
    },
    removed: (removals) => write('removed.ndjson', lines(removals)),
    bring(row, texts) {
      for (const [name, text] of Object.entries(texts)) {
        const path = `${sessionPath(row.gist_id, row.gist_version)}/${name}`;
        const stored = storedPath(blobOf(text));
        if (!existsSync(join(folder, stored))) write(stored, text);
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        linkSync(join(folder, stored), join(folder, path));
      }
    },
  };
}

/** JSON lines, each with its end. */
export function lines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
