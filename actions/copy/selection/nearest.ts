/** The name that takes the fewest letters to be made of what was typed. `names` is not empty. */
export function nearest(typed: string, names: readonly string[]): string {
  const [best = ''] = [...names].sort((a, b) => distance(typed, a) - distance(typed, b));
  return best;
}

/** Letters put in, taken out or replaced, https://en.wikipedia.org/wiki/Levenshtein_distance. */
function distance(one: string, other: string): number {
  const from = one.slice(0, 60).toLowerCase();
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
