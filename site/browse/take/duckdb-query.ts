import { type FacetName, facetNames, lengths } from '../facets.ts';
import type { Selection, SortName } from '../selection.ts';
import { mostLetters, wordsOf } from '../words.ts';

const messages = 'coalesce(user_messages, 0) + coalesce(assistant_messages, 0)';
const unknownMessages = 'user_messages IS NULL AND assistant_messages IS NULL';

/** Numbers that are not known come last, and of two that are equal the newest first, as in lists. */
const orders: Readonly<Record<SortName, string>> = {
  newest: 'approved_at DESC, gist_id',
  oldest: 'approved_at, gist_id DESC',
  longest: `CASE WHEN ${unknownMessages} THEN -1 ELSE ${messages} END DESC, approved_at DESC, gist_id`,
  tokens:
    'coalesce(input_tokens + output_tokens, input_tokens, output_tokens, -1) DESC, approved_at DESC, gist_id',
  largest: 'total_bytes DESC, approved_at DESC, gist_id',
};

/** What is asked of a session that is fit for something, in SQL. */
export const fitness: Readonly<Record<string, string>> = {
  'first-prompt': 'first_prompt_present = true',
  paired: 'tool_calls_paired = true',
  whole: 'truncated = false',
  thinking: 'has_thinking = true',
  subagents: 'has_subagents = true',
  unredacted: 'redactions = 0',
  clean: "scan = 'clean'",
};

const conditions: Readonly<Record<FacetName, (values: readonly string[]) => string>> = {
  agent: (values) => isOneOf('agent', values),
  model: (values) => hasOneOf('models', values),
  language: (values) => hasOneOf('languages', values),
  license: (values) => isOneOf('license', values),
  length: (values) => anyOf(values.map(ofLength)),
  month: (values) => isOneOf('left(started_at, 7)', values),
  fit: (values) =>
    values.map((value) => (Object.hasOwn(fitness, value) && fitness[value]) || 'false').join(' AND '),
  tag: (values) => hasOneOf('tags', values),
  contributor: (values) => isOneOf('gist_owner_id', values),
};

/** Words that are looked for in the place of one that no session has. */
export type Instead = ReadonlyMap<string, readonly string[]>;

/**
 * A query that selects in DuckDB what the selection does here, in the same order. `base` is the address of a snapshot,
 * without a final slash; `heading` becomes a comment above it.
 */
export function duckdbQuery(
  { facets, text, from, to, sort }: Selection,
  base: string,
  heading: string,
  instead: Instead = new Map(),
): string {
  const words = wordsOf(text);
  const all = [
    ...facetNames.flatMap((name) => (facets[name]?.length ? [conditions[name](facets[name])] : [])),
    ...(from === null ? [] : [`left(started_at, 7) >= ${quoted(from)}`]),
    ...(to === null ? [] : [`left(started_at, 7) <= ${quoted(to)}`]),
    ...hasWords(words, instead),
  ];
  const comments = [heading, ...(words.length === 0 ? [] : wordsDiffer)];
  return [
    ...comments.map((comment) => `-- ${comment.replace(/\p{C}/gu, ' ')}`),
    `FROM read_parquet(${quoted(`${base}/submissions.parquet`)})`,
    ...all.map((condition, index) => `${index === 0 ? 'WHERE' : '  AND'} ${condition}`),
    `ORDER BY ${orders[sort]};`,
  ].join('\n');
}

function isOneOf(value: string, values: readonly string[]): string {
  return `${value} IN (${values.map(quoted).join(', ')})`;
}

function hasOneOf(list: string, values: readonly string[]): string {
  return `list_has_any(${list}, [${values.map(quoted).join(', ')}])`;
}

function anyOf(alternatives: readonly string[]): string {
  return alternatives.length === 1 ? `${alternatives[0]}` : `(${alternatives.join(' OR ')})`;
}

function ofLength(value: string): string {
  const at = lengths.findIndex((length) => length.value === value);
  const from = lengths[at]?.from;
  if (from === undefined) return 'false';
  if (from === null) return `(${unknownMessages})`;
  const next = lengths[at + 1]?.from;
  const range = next ? `BETWEEN ${from} AND ${next - 1}` : `>= ${from}`;
  return `(${messages} ${range} AND NOT (${unknownMessages}))`;
}

const wordsDiffer = [
  'Words are found as on the site, but for full-width letters, ligatures such as ﬁ, fractions and the like:',
  'there they are what they stand for (Unicode’s NFKD), here themselves.',
];

/** Letters that are words by themselves: see site/browse/words.ts. */
const single = '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]';

function hasWords(words: readonly string[], instead: Instead): string[] {
  const text = "lower(concat_ws(' ', title, topic, array_to_string(tags, ' ')))";
  const plain = `replace(strip_accents(${text}), 'ς', 'σ')`;
  const apart = `regexp_replace(${plain}, '(${single})', ' \\1 ', 'g')`;
  const found = `regexp_extract_all(${apart}, '[\\p{L}\\p{N}]+|${single}')`;
  const short = `[left(word, ${mostLetters}) FOR word IN ${found}]`;
  const condition = (has: string, sought: readonly string[]) => {
    const cut = sought.some((word) => [...word].length === mostLetters);
    // DuckDB leaves letters composed, and makes of each capital sigma the same small one.
    const written = sought.map((word) => quoted(word.normalize('NFC').replaceAll('ς', 'σ')));
    return `${has}(${cut ? short : found}, [${written.join(', ')}])`;
  };
  const all = words.filter((word) => !instead.get(word)?.length);
  const alternatives = words.flatMap((word) => (instead.get(word)?.length ? [instead.get(word) ?? []] : []));
  return [
    ...(all.length === 0 ? [] : [condition('list_has_all', all)]),
    ...alternatives.map((each) => condition('list_has_any', each)),
  ];
}

/** A text as SQL has it. What would hide, reorder or break the query's text is written by its number. */
function quoted(text: string): string {
  const parts = text.split(/([\p{C}\p{Zl}\p{Zp}])/u).filter((part) => part !== '');
  const written = parts.map((part) =>
    /^[\p{C}\p{Zl}\p{Zp}]$/u.test(part) ? `chr(${part.codePointAt(0)})` : `'${part.replaceAll("'", "''")}'`,
  );
  return written.length === 0 ? "''" : written.join(' || ');
}
