import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ListedRow } from '../../copy/listed-row.ts';

/** An empty folder for a test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-formats-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A listed row of a gist; `letter` is of what its id is made. */
export function rowOf(letter: string, more: Partial<ListedRow> = {}): ListedRow {
  const gist_id = letter.repeat(32);
  return {
    gist_id,
    gist_url: `https://gist.github.com/ada/${gist_id}`,
    gist_owner_login: 'ada',
    gist_version: 'b'.repeat(40),
    approved_at: '2026-05-06T07:08:09Z',
    license: 'CC0-1.0',
    record_id: `r-${letter}`,
    seq: 7,
    title: 'The “pond”',
    files: [],
    total_bytes: 0,
    agent: null,
    format: null,
    session_ids: null,
    models: null,
    started_at: null,
    user_messages: null,
    assistant_messages: null,
    tool_calls: null,
    ...more,
  };
}

/** Writes a gist's files, and tells where they are. */
export function filesOf(texts: Record<string, string>): { name: string; path: string }[] {
  const folder = emptyFolder();
  return Object.entries(texts).map(([name, text], i) => {
    const path = join(folder, `${i}`);
    writeFileSync(path, text);
    return { name, path };
  });
}

/** Every file below a folder, by its path in it, as text of its bytes. */
export function everything(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1), readFileSync(path).toString('latin1')]),
  );
}
