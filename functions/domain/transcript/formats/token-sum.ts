import { count, type JsonObject } from '../json.ts';

/** The sum of the token counts under these keys; null when there is none of them. */
export function tokenSum(usage: JsonObject | undefined, ...keys: string[]): number | null {
  const counts = keys.flatMap((key) => count(usage?.[key]) ?? []);
  return counts.length === 0 ? null : counts.reduce((sum, tokens) => sum + tokens, 0);
}
