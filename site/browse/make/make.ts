import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cardText } from '../card.ts';
import { columnFacets, joinValues, measures, measuresOf } from '../facet-columns.ts';
import { facetNames, facetsOf } from '../facets.ts';
import { type BrowseFile, browseFiles, type FileSize, facetTerm, loginTerm } from '../files.ts';
import type { Summary } from '../summary.ts';
import { wordsOfSession } from '../words.ts';
import { type IndexedTerms, TermIndex } from './index-terms.ts';
import { type OutColumn, parquetOut } from './parquet-out.ts';
import { readRows } from './read-rows.ts';
import { type Counted, Tally } from './summarise.ts';
import { placesOf, togetherLines } from './together.ts';

/** How much is read at once: bytes of a page before compression, rows of a row group. */
export interface Layout {
  // A list reads a page or two of cards and the table of pages of their group: both some kilobytes.
  cardPage: number;
  cardsInGroup: number;
  // Counting reads whole groups, one after another, and tells how far it is.
  facetsInGroup: number;
  termsInBlock: number;
  postingPage: number;
  postingsInGroup: number;
  togetherPage: number;
}

const usual: Layout = {
  cardPage: 16_384,
  cardsInGroup: 16_384,
  facetsInGroup: 65_536,
  termsInBlock: 512,
  postingPage: 16_384,
  postingsInGroup: 524_288,
  togetherPage: 8_192,
};

const facetColumns: readonly OutColumn[] = [
  ...columnFacets.map((name) => ({ name, type: 'text' as const, encoding: 'RLE_DICTIONARY' as const })),
  ...measures.map((name) => ({ name, type: 'number' as const })),
];

/**
 * Makes the browse files of a snapshot's submissions.ndjson in an empty folder, reading it once. The same lines give the same
 * bytes. Throws one sentence where a line is no row.
 */
export async function makeBrowse(
  submissions: string,
  snapshotId: string,
  folder: string,
  layout = usual,
): Promise<Summary> {
  const file = (name: BrowseFile) => join(folder, name);
  const cards = inGroups(
    parquetOut(file('cards.parquet'), {
      columns: [{ name: 'card', type: 'text', encoding: 'PLAIN' }],
      pageSize: layout.cardPage,
    }),
    layout.cardsInGroup,
    1,
  );
  const facets = inGroups(
    parquetOut(file('facets.parquet'), { columns: facetColumns, pageSize: 1 << 20 }),
    layout.facetsInGroup,
    facetColumns.length,
  );
  const tally = new Tally();
  const totalBytes: number[] = [];
  const lines: number[] = [];
  const index = new TermIndex();

  for await (const { row, offset, bytes } of readRows(submissions)) {
    const values = facetsOf(row);
    tally.add(row, values);
    await cards.add([cardText(row)]);
    totalBytes.push(row.total_bytes);
    const numbers = { ...measuresOf(row), line: bytes + 1 };
    if (totalBytes.length % layout.facetsInGroup === 1) lines.push(offset);
    await facets.add([
      ...columnFacets.map((name) => joinValues(values[name])),
      ...measures.map((name) => numbers[name]),
    ]);
    index.add([
      ...wordsOfSession(row),
      ...facetNames.flatMap((name) => [...new Set(values[name])].map((value) => facetTerm(name, value))),
      loginTerm(row.gist_owner_login),
    ]);
  }
  await cards.finish();
  await facets.finish({ lines: JSON.stringify(lines) });

  const terms = index.finish();
  const counted = tally.counted(snapshotId);
  const pointed = { ...counted, facets: pointInto(counted.facets, terms) };
  await writeTerms(file('terms.parquet'), terms, layout);
  await writePostings(file('postings.parquet'), terms, layout);
  const together = parquetOut(file('together.parquet'), {
    columns: [{ name: 'counts', type: 'text', encoding: 'PLAIN' }],
    pageSize: layout.togetherPage,
  });
  await together.write([togetherLines(pointed, terms, totalBytes)]);
  await together.finish();

  const sizes = await Promise.all(browseFiles.map(async (name) => [name, await sizeOf(file(name))]));
  const summary: Summary = { ...pointed, files: totalBytes.length === 0 ? null : Object.fromEntries(sizes) };
  await writeFile(join(folder, 'summary.json'), `${JSON.stringify(summary)}\n`);
  return summary;
}

/** Tells each named value where its rows are. */
function pointInto(facets: Counted['facets'], { terms, starts }: IndexedTerms): Summary['facets'] {
  const pointed = facetNames.map((facet) => {
    const { values, more } = facets[facet];
    const places = placesOf(
      values.map(({ value }) => facetTerm(facet, value)),
      terms,
    );
    return [
      facet,
      { values: values.map((value, at) => ({ ...value, first: starts[places[at] ?? 0] ?? 0 })), more },
    ];
  });
  return Object.fromEntries(pointed);
}

/** Each row of the file is a block of terms; the file's keys tell with which term each begins. */
async function writeTerms(
  path: string,
  { terms, starts }: IndexedTerms,
  { termsInBlock }: Layout,
): Promise<void> {
  const blocks: string[] = [];
  const begins: string[] = [];
  for (let from = 0; from < terms.length; from += termsInBlock) {
    const block = terms.slice(from, from + termsInBlock).map((term, at) => {
      const first = starts[from + at] ?? 0;
      return [term, (starts[from + at + 1] ?? 0) - first, first];
    });
    blocks.push(JSON.stringify(block));
    begins.push(terms[from] ?? '');
  }
  const out = parquetOut(path, {
    columns: [{ name: 'terms', type: 'text', encoding: 'PLAIN' }],
    // Smaller than a block, so that each has a page of its own.
    pageSize: 1024,
  });
  await out.write([blocks]);
  await out.finish({ begins: JSON.stringify(begins) });
}

async function writePostings(
  path: string,
  { rows }: IndexedTerms,
  { postingPage, postingsInGroup }: Layout,
): Promise<void> {
  const out = parquetOut(path, {
    columns: [{ name: 'row', type: 'number', encoding: 'DELTA_BINARY_PACKED' }],
    pageSize: postingPage,
    codec: 'UNCOMPRESSED',
  });
  for (let from = 0; from < rows.length; from += postingsInGroup) {
    await out.write([rows.subarray(from, from + postingsInGroup)]);
  }
  await out.finish();
}

async function sizeOf(path: string): Promise<FileSize> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, size - 8);
  return { bytes: size, footer: buffer.readUInt32LE() + 8 };
}

/** Collects rows until they are a row group. */
function inGroups(out: ReturnType<typeof parquetOut>, size: number, columns: number) {
  let held: unknown[][] = Array.from({ length: columns }, () => []);
  const flush = async () => {
    await out.write(held);
    held = held.map(() => []);
  };
  return {
    async add(values: readonly unknown[]): Promise<void> {
      held.forEach((column, place) => {
        column.push(values[place]);
      });
      if (held[0]?.length === size) await flush();
    },
    async finish(keys?: Readonly<Record<string, string>>): Promise<void> {
      await flush();
      await out.finish(keys);
    },
  };
}
