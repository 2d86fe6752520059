import { type Card, readCard } from '../card.ts';
import type { ParquetIn } from './parquet-in.ts';

/** Rows nearer than this are read in one stretch: as many are in a page anyway. */
const near = 48;

/** The cards of these rows, in their order. */
export async function cardsAt(cards: ParquetIn, rows: readonly number[]): Promise<Card[]> {
  const sorted = [...rows].sort((a, b) => a - b);
  const found = new Map<number, Card>();
  await Promise.all(
    stretches(sorted).map(async ({ from, to, wanted }) => {
      const texts = await cards.column('card', from, to);
      for (const row of wanted) found.set(row, readCard(String(texts[row - from])));
    }),
  );
  return rows.flatMap((row) => found.get(row) ?? []);
}

interface Stretch {
  from: number;
  to: number;
  wanted: number[];
}

function stretches(sorted: readonly number[]): Stretch[] {
  const all: Stretch[] = [];
  for (const row of sorted) {
    const last = all.at(-1);
    if (last && row < last.to + near) {
      last.to = row + 1;
      last.wanted.push(row);
    } else all.push({ from: row, to: row + 1, wanted: [row] });
  }
  return all;
}
