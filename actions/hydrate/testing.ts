import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { schemaVersion } from '#domain/snapshot.ts';
import { gitBlobSha } from '#github/standin/gists/git-hash.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import { type StatusLine, statusLine } from '../copy/status-line.ts';
import { gistRow } from '../copy/testing-rows.ts';
import { type Hydrated, type Input, type Outcome, run, type Tools } from './run.ts';
import { inputOf, official, toolsOf } from './testing-input.ts';

/** A gist's row with these files, at a revision of its own for each set of them. */
export function rowOf(
  gistId: string,
  files: Record<string, string | Buffer>,
  fields: Partial<ListedRow> = {},
): ListedRow {
  const listed = Object.entries(files).map(([name, content]) => {
    const bytes = Buffer.from(content);
    const sha = gitBlobSha(bytes);
    const raw_url = `${official}/ada/${gistId}/raw/${sha}/${encodeURIComponent(name)}`;
    return { name, bytes: bytes.length, git_blob_sha: sha, raw_url };
  });
  return gistRow({
    gist_id: gistId,
    gist_version: gitBlobSha(Buffer.from(JSON.stringify(listed))),
    files: listed,
    total_bytes: listed.reduce((sum, { bytes }) => sum + bytes, 0),
    ...fields,
  });
}

/** A copy that a snapshot with these rows was pulled to. */
export function copyOf(rows: readonly ListedRow[], removed: readonly object[] = []): string {
  const copy = mkdtempSync(join(tmpdir(), 'hydrate-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  pullInto(copy, rows, removed);
  return copy;
}

/** What a pull leaves in a copy, as far as hydrating reads it. */
export function pullInto(copy: string, rows: readonly ListedRow[], removed: readonly object[] = []): void {
  const number = existing(join(copy, 'snapshots')).length;
  const at = new Date(Date.UTC(2026, 10, 22, 6, number)).toISOString();
  const id = at.replace(/[:.]/g, '-');
  const folder = join(copy, 'snapshots', id);
  mkdirSync(folder, { recursive: true });
  const lines = (list: readonly object[]) => list.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(join(folder, 'submissions.ndjson'), lines(rows));
  writeFileSync(join(folder, 'removed.ndjson'), lines(removed));
  const manifest = {
    schema_version: schemaVersion,
    generated_at: at,
    record_count: rows.length,
    latest_dir: 'latest',
    snapshot_dir: `snapshots/${id}`,
    snapshot_id: id,
    previous_snapshot: null,
    log_seq: rows.length,
    verified_from: null,
    verified_to: null,
    changes: {},
    files: {},
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  rmSync(join(copy, 'latest'), { force: true });
  symlinkSync(`snapshots/${id}`, join(copy, 'latest'));
}

export async function hydrate(
  copy: string,
  used: string,
  input: Partial<Input> = {},
  tools: Partial<Tools> = {},
): Promise<Hydrated> {
  return hydrated(await run(inputOf(copy, used, input), toolsOf(tools)));
}

function hydrated(outcome: Outcome): Hydrated {
  if (outcome.kind !== 'hydrated') throw new Error(`It ended with ${outcome.kind}.`);
  return outcome;
}

export function statusOf(copy: string, name = 'status.ndjson'): StatusLine[] {
  return readFileSync(join(copy, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => statusLine.parse(JSON.parse(line)));
}

/** What became of each gist, as `id status`. */
export function outcomesOf(copy: string, name?: string): string[] {
  return statusOf(copy, name).map(({ gist_id, status }) => `${gist_id} ${status}`);
}

/** The files of a copy by their paths, with their bytes as Latin-1; nothing of the snapshot, the lock or half-written files. */
export function filesIn(
  copy: string,
  folders = ['sessions', 'store', 'status.ndjson'],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(copy.length + 1);
    if (entry.isFile() && folders.includes(name.split('/')[0] ?? ''))
      found[name] = readFileSync(path, 'latin1');
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names in a folder; none where it is not there. */
export function existing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
