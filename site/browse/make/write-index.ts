import { join } from 'node:path';
import { facetNames, facetsOf } from '../facets.ts';
import { facetTerm, loginTerm } from '../files.ts';
import type { Summary } from '../summary.ts';
import { wordsOfSession } from '../words.ts';
import { type IndexedTerms, TermIndex } from './index-terms.ts';
import type { Layout } from './layout.ts';
import { parquetOut } from './parquet-out.ts';
import { readRows } from './read-rows.ts';
import { type Counted, Tally } from './summarise.ts';
import { placesOf, togetherLines } from './together.ts';

/**
 * Writes terms.parquet, postings.parquet and together.parquet, and gives the summary that points into them. Throws one
 * sentence where a line is no row.
 */
export async function writeIndex(
  submissions: string,
  snapshotId: string,
  folder: string,
  layout: Layout,
): Promise<Omit<Summary, 'files'>> {
  const tally = new Tally();
  const index = new TermIndex();
  const totalBytes: number[] = [];
  for await (const { row } of readRows(submissions)) {
    const values = facetsOf(row);
    tally.add(row, values);
    totalBytes.push(row.total_bytes);
    index.add([
      ...wordsOfSession(row),
      ...facetNames.flatMap((name) => values[name].map((value) => facetTerm(name, value))),
      loginTerm(row.gist_owner_login),
    ]);
  }
  const terms = index.finish();
  const counted = tally.counted(snapshotId);
  const pointed = { ...counted, facets: pointInto(counted.facets, terms) };
  await writeTerms(join(folder, 'terms.parquet'), terms, layout);
  await writePostings(join(folder, 'postings.parquet'), terms, layout);
  const together = parquetOut(join(folder, 'together.parquet'), {
    columns: [{ name: 'counts', type: 'text', encoding: 'PLAIN' }],
    pageSize: layout.togetherPage,
  });
  await together.write([togetherLines(pointed, terms, totalBytes)]);
  await together.finish();
  return pointed;
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
