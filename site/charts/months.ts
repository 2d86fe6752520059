/** All months from the first to the last of some, `2026-01`, also those that are not among them. */
export function monthsThrough(some: readonly string[]): string[] {
  const [first, last] = [some.at(0), some.at(-1)];
  if (first === undefined || last === undefined) return [];
  const months: string[] = [];
  for (let number = numberOf(first); number <= numberOf(last); number += 1) {
    months.push(`${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`);
  }
  return months;
}

function numberOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}
