import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import type { Layout } from '../browse/make/layout.ts';
import { makeBrowse } from '../browse/make/make.ts';
import { parquetOut } from '../browse/make/parquet-out.ts';
import { exampleManifest, exampleRow } from './example-rows.ts';
import type { Listing } from './listing.ts';
import { openListing } from './open-listing.ts';

/** Rows that differ in everything lists can be narrowed by, newest approval first. The same count gives the same rows. */
export function variedRows(count: number): DatasetRow[] {
  const of = <Value>(list: readonly Value[], by: number): Value => list[by % list.length] as Value;
  return Array.from({ length: count }, (_, n) =>
    exampleRow({
      gist_id: (n * 7919 + 1).toString(16).padStart(32, '0'),
      gist_owner_id: String(4_000_000_000 + (n % 7)),
      gist_owner_login: of(['Ada', 'grace', 'linus', 'barbara'], n),
      approved_at: new Date(Date.UTC(2026, 10, 20) - n * 3_600_000).toISOString(),
      seq: 2 * (count - n),
      title: `${of(['Fix', 'Port', 'Größe', '重写'], n)} the ${of(['parser', 'cache', 'login', 'build', 'tide table'], n)} ${n}`,
      topic: n % 3 === 0 ? of(['Compilers', 'Tide tables'], n) : null,
      tags: n % 4 === 0 ? [of(['rust', 'a long-running one', 'x'], n)] : [],
      license: of(['CC0-1.0', 'MIT', 'CC-BY-4.0'], n),
      total_bytes: 1000 + ((n * 6151) % 9000),
      agent: of(['codex', 'claude-code', 'codex', null], n),
      models: n % 5 === 0 ? null : [of(['m-1', 'm-2', 'm-3'], n), of(['m-4', 'm-5'], n)],
      languages: n % 6 === 0 ? [] : [of(['Rust', 'Go'], n)],
      started_at: n % 9 === 0 ? null : `2026-${of(['03', '04', '07'], n)}-02T03:04:05.000Z`,
      user_messages: n % 8 === 0 ? null : n % 40,
      assistant_messages: n % 8 === 0 ? null : (n * 31) % 1200,
      input_tokens: n % 10 === 0 ? null : (n * 104_729) % 90_000,
      has_thinking: n % 2 === 0,
      truncated: n % 11 === 0,
      redactions: n % 3,
    }),
  );
}

/** A listing of rows, in folders that go away with the test. */
export async function listingOf(
  rows: readonly DatasetRow[],
  layout?: Layout,
): Promise<{ listing: Listing; snapshot: string; browse: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-listing-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [snapshot, browse] = [join(folder, 'snapshot'), join(folder, 'browse')];
  await mkdir(snapshot);
  await mkdir(browse);
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
  await writeFile(join(snapshot, 'submissions.ndjson'), lines.join(''));
  await writePlaces(snapshot, rows, lines);
  const manifest = exampleManifest(rows.length);
  const summary = await makeBrowse(
    join(snapshot, 'submissions.ndjson'),
    manifest.snapshot_id,
    browse,
    layout,
  );
  return { listing: openListing({ manifest, summary, snapshot, browse }), snapshot, browse };
}

/** A layout in which a few hundred rows are many groups and pages. */
export const small: Layout = {
  cardPage: 2_000,
  cardsInGroup: 90,
  facetsInGroup: 128,
  termsInBlock: 7,
  postingPage: 128,
  postingsInGroup: 300,
  togetherPage: 400,
};

async function writePlaces(folder: string, rows: readonly DatasetRow[], lines: readonly string[]) {
  let end = 0;
  const places = lines.map((line, at) => {
    const bytes = Buffer.byteLength(line);
    end += bytes;
    return { id: rows[at]?.gist_id ?? '', offset: end - bytes, bytes: bytes - 1 };
  });
  places.sort((a, b) => (a.id < b.id ? -1 : 1));
  const out = parquetOut(join(folder, 'submissions-by-gist.parquet'), {
    columns: [
      { name: 'gist_id', type: 'text' },
      { name: 'byte_offset', type: 'number' },
      { name: 'bytes', type: 'number' },
    ],
    pageSize: 1 << 20,
    statistics: true,
  });
  for (let from = 0; from < places.length; from += 100) {
    const group = places.slice(from, from + 100);
    await out.write([
      group.map(({ id }) => id),
      group.map(({ offset }) => offset),
      group.map(({ bytes }) => bytes),
    ]);
  }
  await out.finish();
}
