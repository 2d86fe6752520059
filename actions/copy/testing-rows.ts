import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { recordId } from '#domain/record-id.ts';
import { type ListedRow, listedRow } from './listed-row.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A row of a snapshot, of a gist without files unless told otherwise. */
export function gistRow(fields: { gist_id: string } & Partial<ListedRow>): ListedRow {
  return listedRow.parse({
    gist_url: `https://gist.github.com/ada/${fields.gist_id}`,
    gist_owner_id: '4000000001',
    gist_owner_login: 'ada',
    gist_version: '0'.repeat(40),
    approved_at: '2026-11-25T06:00:00.000Z',
    license: 'CC0-1.0',
    record_id: recordId(fields.gist_id),
    seq: 1,
    title: 'A session',
    files: [],
    total_bytes: 0,
    agent: 'claude-code',
    format: 'claude-code',
    session_ids: null,
    models: null,
    started_at: null,
    user_messages: null,
    assistant_messages: null,
    tool_calls: null,
    ...fields,
  });
}
