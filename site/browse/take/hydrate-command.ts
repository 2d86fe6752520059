import type { Selection } from '../selection.ts';
import { wordsOf } from '../words.ts';
import { fitness } from './duckdb-query.ts';

/** Where the command takes snapshots from unless it is told. */
const anyPlace = 'https://openagentsessions.org/dataset';

/** What every shell takes as it is between double quotes, and the command as one value: no comma, no comparison. */
const plainValue = /^(?! )(?:[\p{L}\p{N}_.:/+#@-]| (?! |$))+$/u;

const fields = [
  ['agent', 'agent'],
  ['model', 'models'],
  ['language', 'languages'],
  ['license', 'license'],
  ['tag', 'tags'],
  ['contributor', 'gist_owner_id'],
] as const;

/**
 * The conditions by which `hydrate --where` chooses exactly the sessions of a selection; none for all of them. Null where
 * no conditions do: there are none for words, for messages asked and answered together, and for months with others between.
 */
export function hydrateConditions({ facets, text, from, to }: Selection): string[] | null {
  const months = facets.month ?? [];
  if (wordsOf(text).length > 0 || facets.length?.length || months.length > 1) return null;
  const ends = [to, ...months].filter((month) => month !== null);
  const conditions = [
    ...fields.map(([facet, field]) => isOneOf(field, facets[facet] ?? [])),
    ...(facets.fit ?? []).map((value) =>
      Object.hasOwn(fitness, value) ? (fitness[value] ?? '').replace(/[ ']/g, '') : null,
    ),
    ...[from, ...months].map((month) => (month === null ? '' : `started_at>=${month}-01`)),
    ...ends.map(beforeTheEndOf),
  ];
  return conditions.every((condition) => condition !== null) ? conditions.filter(Boolean) : null;
}

/**
 * A command that fetches sessions, chosen by flags with their values. `snapshot` is the address of the snapshot that lists
 * them.
 */
export function hydrateCommand(flags: readonly (readonly [string, string])[], snapshot: string): string {
  const place = snapshot.replace(/\/snapshots\/[^/]*$/, '');
  const from = place === anyPlace ? [] : [['--from', place] as const];
  const all = [...from, ...flags].map(([flag, value]) => `${flag} ${quoted(value)}`);
  return ['npx openagentsessions hydrate', ...all].join(' ');
}

/** Empty where every value will do. */
function isOneOf(field: string, values: readonly string[]): string | null {
  if (!values.every((value) => plainValue.test(value))) return null;
  return values.length === 0 ? '' : `${field}=${values.join(',')}`;
}

function beforeTheEndOf(month: string): string | null {
  const [, year, number] = /^([1-8]\d{3})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (number === undefined) return null;
  const next = Number(number) % 12;
  return `started_at<${Number(year) + (next === 0 ? 1 : 0)}-${String(101 + next).slice(1)}-01`;
}

/** As every shell takes it, Windows' two included: no value here needs more than double quotes. */
function quoted(value: string): string {
  return /^[\w.:/=+-]+$/.test(value) ? value : `"${value}"`;
}
