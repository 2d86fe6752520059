import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { derivedOf } from '#domain/combine.ts';
import type { Counts } from '#domain/conversation/counts.ts';
import type { Derived } from '#domain/derived.ts';
import { inspectFile } from '#inspect/inspect-file.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import { type Format, formats, openFormat, type Written } from '../hydrate/formats/open-format.ts';
import { countBack } from './read-back.ts';

/** What became of a corpus in a format. */
export interface RoundTrip {
  format: Format;
  /** Files in which a session is recognised. */
  files: number;
  equal: number;
  /** A sentence part for each count that is another than the summary's. */
  differences: string[];
  written: Written;
}

const nothing: Counts = { user_messages: 0, assistant_messages: 0, tool_calls: 0 };

/** Writes each file as a gist of its own, in every format, and counts what can be read again. What a file does not tell is not compared. */
export async function roundTrips(paths: readonly string[]): Promise<RoundTrip[]> {
  const copy = await mkdtemp(join(tmpdir(), 'openagentsessions-round-trip-'));
  try {
    const summaries = new Map<string, Derived>();
    for (const path of paths) {
      const { reading } = await inspectFile(createReadStream(path), (await stat(path)).size);
      summaries.set(path, derivedOf(reading));
    }
    const trips: RoundTrip[] = [];
    for (const format of formats) trips.push(await roundTrip(format, copy, summaries));
    return trips;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function roundTrip(
  format: Format,
  copy: string,
  summaries: ReadonlyMap<string, Derived>,
): Promise<RoundTrip> {
  const writer = await openFormat(format, copy, { index: 1, of: 1 });
  for (const path of summaries.keys()) await writer.add(rowOf(path), [{ name: basename(path), path }]);
  const written = await writer.end();
  const counts = await countBack(copy, format);
  const trip: RoundTrip = { format, files: 0, equal: 0, differences: [], written };
  for (const [path, summary] of summaries) {
    if (summary.format === null) continue;
    const back = counts.get(rowOf(path).gist_id) ?? nothing;
    const differences = (['user_messages', 'assistant_messages', 'tool_calls'] as const)
      .filter((field) => summary[field] !== null && summary[field] !== back[field])
      .map((field) => `${path} ${field}: ${summary[field]} became ${back[field]}`);
    trip.files += 1;
    if (differences.length === 0) trip.equal += 1;
    trip.differences.push(...differences);
  }
  return trip;
}

function rowOf(path: string): ListedRow {
  const gist_id = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return {
    gist_id,
    gist_url: `https://gist.github.com/${gist_id}`,
    gist_owner_login: 'corpus',
    gist_version: '0'.repeat(40),
    approved_at: '',
    license: '',
    record_id: gist_id,
    seq: 1,
    title: '',
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
  };
}
