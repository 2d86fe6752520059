import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Database } from '#sql/db.ts';
import { asRole } from '#sql/testing.ts';
import { type Input, type Outcome, run, type Tools } from './run.ts';

// Processes and databases are started in these tests, on machines that do other things too.
vi.setConfig({ testTimeout: 120_000 });

/** An empty folder for one test, or until `finished`. */
export function outputFolder(finished: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-export-'));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs an export with the rights of the jobs. The clock stands at 2026-03-01T00:00:00Z unless `tools` has another. */
export function exportTo(
  db: Database,
  output: string,
  options: Partial<Input> & Partial<Tools> = {},
): Promise<Outcome> {
  const { force = false, ...tools } = options;
  return run(
    { output, force },
    {
      db: asRole('jobs', db),
      now: () => new Date('2026-03-01T00:00:00Z'),
      log: () => undefined,
      progress: () => undefined,
      signal: new AbortController().signal,
      ...tools,
    },
  );
}

type Line = Record<string, unknown>;

/** What a stranger finds in a snapshot's folder, having checked every file with the sums beside it. */
export function readSnapshot(folder: string) {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const lines = (name: string): Line[] => {
    const text = read(name);
    if (text !== '' && !text.endsWith('\n')) throw new Error(`${name} has no final newline.`);
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  };
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
  return {
    urls: read('urls.txt').split('\n').slice(0, -1),
    rows: lines('submissions.ndjson'),
    changes: lines('changes.ndjson'),
    removed: lines('removed.ndjson'),
    standing: JSON.parse(read('standing.json')),
    schema: JSON.parse(read('schema.json')),
    manifest: JSON.parse(read('manifest.json')),
    sums: read('SHA256SUMS'),
  };
}

/** Says of the newest snapshot that it was published, as publishing does. */
export async function publishNewest(db: Database): Promise<void> {
  await db.query(
    `update snapshot set published_at = now()
      where id = (select id from snapshot where abandoned_at is null order by id desc limit 1)`,
  );
}

/** The history, oldest first. */
export async function history(db: Database): Promise<{ id: string; abandoned: boolean }[]> {
  const { rows } = await db.query<{ id: string; abandoned: boolean }>(
    'select id, abandoned_at is not null as abandoned from snapshot order by id',
  );
  return rows;
}
