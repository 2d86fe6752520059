import type { FoundIn } from './probe.ts';

/**
 * One find a place: of those that overlap the most specific, of several alike the first. Inside one base64 run all lie
 * in one place, so there each detector keeps its own, and what took the run itself for a value gives way.
 */
export function resolve(found: readonly FoundIn[]): FoundIn[] {
  const plain: FoundIn[] = [];
  for (const find of found.filter(({ wrapped }) => !wrapped).sort(byPlace)) {
    const last = plain.at(-1);
    if (last === undefined || find.start >= last.end) plain.push(find);
    else if (find.rank > last.rank) plain[plain.length - 1] = find;
  }
  const wrapped = [
    ...new Map(
      found
        .filter((find) => find.wrapped)
        .sort(byPlace)
        .map((find) => [`${find.detector} ${find.start}`, find]),
    ).values(),
  ];
  const runs = new Set(wrapped.filter(({ severity }) => severity === 'high').map(({ start }) => start));
  return [...plain.filter(({ rank, start }) => rank > 1 || !runs.has(start)), ...wrapped].sort(byPlace);
}

function byPlace(one: FoundIn, other: FoundIn): number {
  return (
    one.start - other.start ||
    other.rank - one.rank ||
    one.end - other.end ||
    (one.detector < other.detector ? -1 : 1)
  );
}
