import { createHmac, randomBytes } from 'node:crypto';
import type { Hit } from './hit.ts';

const maxHits = 1000;
const maxDistinct = 20_000;

/**
 * Keeps at most 1000 hits of a file, blocking ones first, and counts the others. A low one counts once for each
 * distinct value, remembered as a keyed digest that dies with the scan.
 */
export function openCollection() {
  const key = randomBytes(16);
  const seen = new Set<string>();
  const kept: Record<Hit['severity'], Hit[]> = { high: [], low: [] };
  let omitted = 0;

  return {
    /** Takes hits in order of line and column. */
    add(hit: Hit, value: string) {
      if (hit.severity === 'low') {
        const digest = createHmac('sha256', key).update(`${hit.detector}\0${value}`).digest('base64');
        if (seen.has(digest)) return;
        if (seen.size < maxDistinct) seen.add(digest);
      }
      if (kept[hit.severity].length < maxHits) kept[hit.severity].push(hit);
      else omitted++;
    },
    end(): { hits: Hit[]; omitted: number } {
      const low = kept.low.slice(0, maxHits - kept.high.length);
      return {
        hits: [...kept.high, ...low].sort((one, other) => one.line - other.line || one.column - other.column),
        omitted: omitted + kept.low.length - low.length,
      };
    },
  };
}
