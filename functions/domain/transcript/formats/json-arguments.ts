import { text } from '../json.ts';

/** Longest arguments read as JSON, in characters; longer ones stay text. */
const maxArguments = 2_000_000;

/** A tool's arguments, where a format holds them as JSON written into text; whatever else they are, as they are. */
export function parsedArguments(value: unknown): unknown {
  const written = text(value);
  if (written === undefined || written.length > maxArguments || !/^\s*[{[]/.test(written.slice(0, 100)))
    return value;
  try {
    return JSON.parse(written);
  } catch {
    return value;
  }
}
