import { join } from 'node:path';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { cardText } from '../card.ts';
import { columnFacets, joinValues, measures, measuresOf } from '../facet-columns.ts';
import { facetsOf } from '../facets.ts';
import { inGroups } from './in-groups.ts';
import type { Layout } from './layout.ts';
import { type OutColumn, parquetOut } from './parquet-out.ts';
import { readLines } from './read-rows.ts';

const facetColumns: readonly OutColumn[] = [
  ...columnFacets.map((name) => ({ name, type: 'text' as const, encoding: 'RLE_DICTIONARY' as const })),
  ...measures.map((name) => ({ name, type: 'number' as const })),
];

/**
 * Writes cards.parquet and facets.parquet, of which row n tells of session n. The lines are taken for rows: whoever writes the
 * index looks at each.
 */
export async function writeLists(submissions: string, folder: string, layout: Layout): Promise<void> {
  const cards = inGroups(
    parquetOut(join(folder, 'cards.parquet'), {
      columns: [{ name: 'card', type: 'text', encoding: 'PLAIN' }],
      pageSize: layout.cardPage,
    }),
    layout.cardsInGroup,
    1,
  );
  const facets = inGroups(
    parquetOut(join(folder, 'facets.parquet'), { columns: facetColumns, pageSize: 1 << 20 }),
    layout.facetsInGroup,
    facetColumns.length,
  );
  const lines: number[] = [];
  let count = 0;
  for await (const { text, offset, bytes } of readLines(submissions)) {
    const row: DatasetRow = JSON.parse(text);
    if (count % layout.facetsInGroup === 0) lines.push(offset);
    count += 1;
    await cards.add([cardText(row)]);
    const values = facetsOf(row);
    const numbers = { ...measuresOf(row), line: bytes + 1 };
    await facets.add([
      ...columnFacets.map((name) => joinValues(values[name])),
      ...measures.map((name) => numbers[name]),
    ]);
  }
  await cards.finish();
  await facets.finish({ lines: JSON.stringify(lines) });
}
