const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The fields of a row in COPY's text format; null is null. */
export function readFields(row: string): (string | null)[] {
  return row
    .split('\t')
    .map((field) =>
      field === '\\N' ? null : field.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter),
    );
}

const timestamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/** A timestamptz as the dataset has it: UTC, milliseconds, `Z`. Anything else stays as it is, to be refused. */
export function isoTime(text: string): string {
  const [, day, time, fraction = ''] = timestamp.exec(text) ?? [];
  return day === undefined ? text : `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

const item = /"((?:[^"\\]|\\[\s\S])*)"|([^,{}"\\]+)/y;

/** A PostgreSQL array of text; null items are null. Anything else stays as it is, to be refused. */
export function readArray(text: string): (string | null)[] | string {
  const items: (string | null)[] = [];
  if (text === '{}') return items;
  for (let at = 1; ; at = item.lastIndex + 1) {
    item.lastIndex = at;
    const found = item.exec(text);
    if (!found || !text.startsWith('{')) return text;
    const [, inQuotes, bare = ''] = found;
    items.push(inQuotes?.replace(/\\([\s\S])/g, '$1') ?? (/^null$/i.test(bare) ? null : bare));
    if (text[item.lastIndex] === '}' && item.lastIndex === text.length - 1) return items;
    if (text[item.lastIndex] !== ',') return text;
  }
}
