import type { Scanned } from './run.ts';

/** A line an answer: its points, the grade, its status, and what it is; then what the points are for. */
export function table(scanned: readonly Scanned[]): string[] {
  return scanned.map(({ kind, status, score, grade, points }) => {
    const counted = Object.entries(points).filter(([, point]) => point !== 0);
    const words = counted.map(([name, point]) => `${name} ${point > 0 ? '+' : ''}${point}`).join(', ');
    return `${score} ${grade.padEnd(2)} ${status} ${kind.padEnd(27)} ${words}`;
  });
}

/** How many have enough points; `poor` have not. */
export function verdict(scanned: readonly Scanned[], poor: readonly Scanned[], least: number): string {
  const good = `${scanned.length - poor.length} of ${scanned.length} have ${least} points or more`;
  const shown = scanned.filter((one) => one.shown).length;
  return `${good}, 10 less for the ${shown} that other sites may show.`;
}
