/** JSON values found in a piece of text. */
export interface Values {
  values: unknown[];
  /** `whole`: nothing was left over. `cut`: it ends inside a value. `broken`: something in it is not JSON. */
  rest: 'whole' | 'cut' | 'broken';
}

/** Most values read of one line; where line breaks were lost there are a few. */
const maxValues = 10_000;

/** Reads the JSON values that stand one after another in a text, as when a line break was lost between two. */
export function parseValues(text: string): Values {
  const last = text.trimEnd().at(-1);
  // What is not closed cannot be whole; to ask JSON.parse is slow where it refuses.
  const whole = opening.test(text) && last !== '}' && last !== ']' ? undefined : parse(text);
  if (whole !== undefined) return { values: [whole], rest: 'whole' };
  const values: unknown[] = [];
  let start = firstBracket(text, 0);
  if (start < 0) return { values, rest: 'broken' };
  let rest: Values['rest'] = text.slice(0, start).trim() === '' ? 'whole' : 'broken';
  while (start >= 0) {
    const end = endOfValue(text, start);
    if (end < 0) return { values, rest: rest === 'broken' ? 'broken' : 'cut' };
    const refused = start === 0 && end === text.length;
    const value = refused ? undefined : parse(text.slice(start, end));
    if (value === undefined) return { values, rest: 'broken' };
    values.push(value);
    if (values.length === maxValues) return { values, rest: 'broken' };
    const next = firstBracket(text, end);
    if (text.slice(end, next < 0 ? undefined : next).trim() !== '') rest = 'broken';
    start = next;
  }
  return { values, rest };
}

/** JSON cannot hold undefined, so that means: not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstBracket(text: string, from: number): number {
  bracket.lastIndex = from;
  return bracket.exec(text)?.index ?? -1;
}
const bracket = /[{[]/g;
const opening = /^\s{0,99}[{[]/;

/** Where the value that opens at `start` is closed, by its brackets; -1 when it is not. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  token.lastIndex = start;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [mark] = found;
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    else if (!skipString(text)) return -1;
    if (depth === 0) return token.lastIndex;
  }
  return -1;
}
const token = /[{}[\]"]/g;
const stringEnd = /["\\]/g;

/** Moves `token` behind the string that opens just before it; false when the text ends inside. */
function skipString(text: string): boolean {
  stringEnd.lastIndex = token.lastIndex;
  for (let found = stringEnd.exec(text); found; found = stringEnd.exec(text)) {
    if (found[0] === '"') {
      token.lastIndex = stringEnd.lastIndex;
      return true;
    }
    stringEnd.lastIndex += 1;
  }
  return false;
}

/** The deepest nesting a cut document is repaired at. */
const maxDepth = 1000;

/** The JSON value a text begins and does not finish, closed after its last complete part; undefined where that fails. */
export function repairCut(text: string): unknown {
  const start = firstBracket(text, 0);
  if (start < 0) return undefined;
  const open: string[] = [];
  let cut = start;
  const marks = /[{}[\],"]/g;
  marks.lastIndex = start;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      token.lastIndex = marks.lastIndex;
      if (!skipString(text)) break;
      marks.lastIndex = token.lastIndex;
      continue;
    }
    if (mark === '{' || mark === '[') open.push(mark === '{' ? '}' : ']');
    else if (mark !== ',') open.pop();
    if (open.length > maxDepth || open.length === 0) break;
    cut = mark === ',' ? found.index : marks.lastIndex;
  }
  return parse(text.slice(start, cut) + open.reverse().join(''));
}
