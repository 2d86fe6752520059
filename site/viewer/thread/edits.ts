import { diffLines } from 'diff';
import { array, type JsonObject, object, text } from '#domain/transcript/json.ts';
import type { DiffLine, Part } from '../detail.ts';
import { argumentsOf, firstText, names } from './tool-input.ts';
import { visible, visibleLine } from './visible.ts';

/** Changes shown of a call, and lines of one. */
const maxParts = 50;
const maxDiffLines = 400;
/** How long the changes of a call are worked out line by line, in milliseconds. */
const timeout = 200;
/** Longest line shown, in characters. */
const maxLine = 2000;

/** What a tool changes, as lines taken out and put in; null when it changes no file in a way we know. */
export function editsOf(input: unknown): Part[] | null {
  const given = argumentsOf(input);
  const patch = patchOf(input, given);
  if (patch !== null) return patchParts(patch);
  if (!given) return null;
  const path = firstText(given, names.path) ?? '';
  const several = array(given.edits) ?? array(given.replacements);
  if (several) {
    const stop = performance.now() + timeout;
    const parts = several.slice(0, maxParts).flatMap((edit) => onePart(path, object(edit), stop) ?? []);
    return parts.length > 0 ? [...parts, ...left(several.length)] : null;
  }
  const one = onePart(path, given, performance.now() + timeout);
  if (one) return [one];
  const content = firstText(given, names.content);
  if (path === '' || content === null) return null;
  return [
    diffPart(
      path,
      lines(content)
        .slice(0, maxDiffLines + 1)
        .map((line): DiffLine => ['+', line]),
    ),
  ];
}

/** Says how many more changes there are than are shown. */
function left(all: number): Part[] {
  return all > maxParts
    ? [{ kind: 'remark', text: `${all - maxParts} more changes are in the raw line.` }]
    : [];
}

function onePart(path: string, edit: JsonObject | undefined, stop: number): Part | null {
  if (!edit) return null;
  const before = firstOf(edit, names.before);
  const after = firstOf(edit, names.after);
  if (before === undefined || after === undefined) return null;
  return diffPart(
    firstText(edit, names.path) ?? path,
    changedLines(before, after, Math.max(1, stop - performance.now())),
  );
}

/** As `firstText`, for texts that may be empty: what is taken out is replaced by nothing. */
function firstOf(edit: JsonObject, called: readonly string[]): string | undefined {
  return called.map((name) => text(edit[name])).find((value) => value !== undefined);
}

/** The lines that two texts share and do not; after so many milliseconds, all lines of both. */
export function changedLines(before: string, after: string, most = timeout): DiffLine[] {
  const changes = diffLines(before, after, { timeout: most });
  if (!changes) {
    return [
      ...lines(before).map((line): DiffLine => ['-', line]),
      ...lines(after).map((line): DiffLine => ['+', line]),
    ];
  }
  return changes.flatMap(({ value, added, removed }) =>
    lines(value).map((line): DiffLine => [added ? '+' : removed ? '-' : ' ', line]),
  );
}

function lines(value: string): string[] {
  const all = value.split('\n');
  if (all.at(-1) === '') all.pop();
  return all;
}

function diffPart(path: string, changed: readonly DiffLine[]): Part {
  return {
    kind: 'diff',
    path: visible(path.slice(0, 300)),
    lines: changed.slice(0, maxDiffLines).map(([mark, line]) => [mark, cutLine(line)]),
    cut: changed.length > maxDiffLines,
  };
}

function cutLine(line: string): string {
  const more = line.length - maxLine;
  return visibleLine(line.slice(0, maxLine)) + (more > 0 ? `… ${more} more characters` : '');
}

/** A patch as Codex applies them, a unified diff, or search and replace between marks. */
function patchOf(input: unknown, given: JsonObject | null): string | null {
  const words = [
    typeof input === 'string' ? input : null,
    given && firstText(given, names.patch),
    // Codex runs it as a command: ["apply_patch", "*** Begin Patch ..."].
    given && firstText(given, names.command),
  ];
  return words.find((value) => value != null && isPatch(value)) ?? null;
}

function isPatch(words: string): boolean {
  return /^(?:apply_patch\b[^\n]{0,40}\s)?\*\*\* Begin Patch|^--- [^\n]+\n\+\+\+ |^[<-]{5,} SEARCH$/m.test(
    words.slice(0, 2000),
  );
}

function patchParts(patch: string): Part[] {
  const parts: { path: string; lines: DiffLine[] }[] = [];
  let searching: '-' | '+' | null = null;
  const here = () => {
    const last = parts.at(-1);
    if (last) return last;
    const first = { path: '', lines: [] };
    parts.push(first);
    return first;
  };
  for (const line of lines(patch)) {
    const named = /^\*\*\* (?:Add|Update|Delete) File: (.+)$|^\+\+\+ (?:b\/)?(.+)$/.exec(line);
    const deleted = line.startsWith('*** Delete File');
    if (/^(?:apply_patch\b|\*\*\* (?:Begin|End) Patch)/.test(line)) continue;
    if (named)
      parts.push({ path: named[1] ?? named[2] ?? '', lines: deleted ? [['@', 'The file is deleted.']] : [] });
    else if (/^[<-]{5,} SEARCH/.test(line)) searching = '-';
    else if (searching === '-' && /^={5,}$/.test(line)) searching = '+';
    else if (/^[>+]{5,} REPLACE/.test(line)) searching = null;
    else if (searching) here().lines.push([searching, line]);
    else if (/^(?:\*\*\* |@@|--- |diff )/.test(line)) here().lines.push(['@', line]);
    else if (line.startsWith('+') || line.startsWith('-'))
      here().lines.push([line[0] as '+' | '-', line.slice(1)]);
    else here().lines.push([' ', line.replace(/^ /, '')]);
  }
  return [...parts.slice(0, maxParts).map((part) => diffPart(part.path, part.lines)), ...left(parts.length)];
}
