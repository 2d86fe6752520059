import { diffLines } from 'diff';
import { array, type JsonObject, object, text } from '#domain/transcript/json.ts';
import type { DiffLine, Part } from '../detail.ts';
import { argumentsOf, firstText, names } from './tool-input.ts';
import { visible } from './visible.ts';

/** Lines of a change that are shown, and how long a change is worked out line by line, in milliseconds. */
const maxDiffLines = 400;
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
    const parts = several.flatMap((edit) => onePart(path, object(edit)) ?? []);
    return parts.length > 0 ? parts : null;
  }
  const one = onePart(path, given);
  if (one) return [one];
  const content = firstText(given, names.content);
  if (path === '' || content === null) return null;
  return [
    diffPart(
      path,
      lines(content).map((line): DiffLine => ['+', line]),
    ),
  ];
}

function onePart(path: string, edit: JsonObject | undefined): Part | null {
  if (!edit) return null;
  const before = firstOf(edit, names.before);
  const after = firstOf(edit, names.after);
  if (before === undefined || after === undefined) return null;
  return diffPart(firstText(edit, names.path) ?? path, changedLines(before, after));
}

/** As `firstText`, for texts that may be empty: what is taken out is replaced by nothing. */
function firstOf(edit: JsonObject, called: readonly string[]): string | undefined {
  return called.map((name) => text(edit[name])).find((value) => value !== undefined);
}

/** The lines that two texts share and do not. */
export function changedLines(before: string, after: string): DiffLine[] {
  const changes = diffLines(before, after, { timeout });
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
    lines: changed.slice(0, maxDiffLines).map(([mark, line]) => [mark, visible(line.slice(0, maxLine))]),
    cut: changed.length > maxDiffLines,
  };
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
  return parts.map((part) => diffPart(part.path, part.lines));
}
