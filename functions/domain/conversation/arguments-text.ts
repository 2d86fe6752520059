import { object } from '../transcript/json.ts';

/** A lone half of a surrogate pair, as `JSON.stringify` escapes it; after a backslash that is itself escaped it is text. */
const loneHalf = /(\\\\)|\\ud[89a-f][0-9a-f]{2}/g;

/**
 * The arguments of a tool's call as the text of a JSON object: what is no object stands under `input`, nothing is `{}`.
 * Null when it is nested too deep to be written.
 */
export function argumentsText(input: unknown): string | null {
  const record = input === undefined || input === null ? {} : (object(input) ?? { input });
  try {
    const json = JSON.stringify(record);
    return json.includes('\\ud') ? json.replace(loneHalf, (_, backslash) => backslash ?? '\ufffd') : json;
  } catch {
    return null;
  }
}

/** Whether a call told again says all that it said before, as it does while it is being told. */
export function saysMore(input: unknown, before: unknown): boolean {
  const [now, then] = [object(input), object(before)];
  if (!now || !then) return before === undefined || before === null || begins(input, before);
  return Object.entries(then).every(([name, value]) => Object.hasOwn(now, name) && begins(now[name], value));
}

function begins(now: unknown, then: unknown): boolean {
  try {
    const before = JSON.stringify(then) ?? '';
    return (JSON.stringify(now) ?? '').startsWith(before.replace(/["\]}]{1,999}$/, ''));
  } catch {
    return false;
  }
}
