import { countText } from './figures.ts';

/** How many findings of which weight, in a few words; null is a revision nobody looked at. */
export function findingCountsText(
  counts: { blocking: number; declared_false: number; low: number; omitted: number } | null,
): string {
  if (counts === null) return 'not looked at yet';
  const parts = [
    counts.blocking > 0 && `${countText(counts.blocking)} like a secret`,
    counts.declared_false > 0 && `${countText(counts.declared_false)} declared no secret`,
    counts.low > 0 && `${countText(counts.low)} to judge`,
    counts.omitted > 0 && `${countText(counts.omitted)} not listed`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
