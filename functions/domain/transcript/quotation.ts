/** Whether a line begins a JSON object or array that may be part of a session; `[INFO]` and `[1, 2]` do not. */
export function startsJson(line: string): boolean {
  return opening.test(line);
}
const opening = /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{\]"]|$))/;

/** What stands right before JSON that is quoted: a fence, a tag, a bracket or quote of a program, a shell's `<<EOF`. */
const quoting = /^(?:```|~~~|-{4,}$)|[`([{=]$|"""$|'''$|<\/?[a-z][^<>]{0,200}>$|<<-?\s*['"]?\w{1,20}['"]?$/i;

/**
 * Whether the JSON among a file's first lines stands in a text about it (a fence, code indented below prose, a diff) or
 * in a program. What a shell or a tool has printed above a session is no such text.
 */
export function isQuotation(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  const start = written.findIndex(startsJson);
  const before = start < 1 ? undefined : written[start - 1];
  if (before === undefined) return false;
  if (quoting.test(before.trim().slice(-300))) return true;
  return !/^\s/.test(before) && written.every((line) => !startsJson(line) || /^\s/.test(line));
}

/** A text over several lines begins in a program: after a sign of assignment, a bracket or a comma, in its quotes. */
const quotedText = /[=(,:]\s{0,9}(?:`|[a-z]{0,2}"""|[a-z]{0,2}'''|r#{0,9}"|<<-?'?[A-Z]{1,20}\b)/i;

/** Whether a text's first line that bears a mark stands inside a program's text over several lines. */
export function isInProgram(lines: readonly string[], isMark: (line: string) => boolean): boolean {
  const first = lines.findIndex(isMark);
  return lines.slice(0, first + 1).some((line) => quotedText.test(line.slice(0, 500)));
}
