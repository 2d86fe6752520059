import type { Hit } from '../protocol.ts';
import { fieldsOf } from '../thread/detail-of.ts';
import type { Source } from '../thread/source.ts';

/** Rows that are listed, and places counted in one row. */
const maxHits = 2000;
const maxInRow = 1000;

/** Where these words stand in the rows, upper and lower case alike; folded texts are looked through, too. */
export function find(
  sources: Iterable<Source>,
  words: string,
): { hits: Hit[]; total: number; more: boolean } {
  const sought = words.trim();
  if (sought === '') return { hits: [], total: 0, more: false };
  const pattern = new RegExp(sought.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
  const hits: Hit[] = [];
  let total = 0;
  for (const source of sources) {
    const hit = hitIn(source, pattern);
    if (!hit) continue;
    if (hits.length === maxHits) return { hits, total, more: true };
    hits.push(hit);
    total += hit.count;
  }
  return { hits, total, more: false };
}

function hitIn(source: Source, pattern: RegExp): Hit | null {
  let hit: Hit | null = null;
  fieldsOf(source).forEach((text, field) => {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      if (hit) hit.count += 1;
      else hit = { key: source.row.key, count: 1, field, index: found.index };
      if (hit.count >= maxInRow) return;
    }
  });
  return hit;
}
