import { array, object } from '#domain/transcript/json.ts';
import type { Part } from '../detail.ts';
import { editsOf } from './edits.ts';
import type { Source } from './source.ts';
import { lineAt, stretchOf } from './stretch.ts';
import { argumentsOf, firstText, jsonText, names } from './tool-input.ts';
import { visible } from './visible.ts';

/** Arguments shown one by one, and the longest value of one, in characters. */
const maxArguments = 40;
const maxValue = 4000;

/**
 * The texts of a row that can be found and shown in stretches, in a fixed order: what was said, what a tool was called
 * with, and its results.
 */
export function fieldsOf(source: Source): string[] {
  if (source.row.kind !== 'tool') return [source.text];
  return [inputText(source.input), ...source.results.map(({ text }) => text)];
}

function inputText(input: unknown): string {
  const given = argumentsOf(input);
  if (!given) return typeof input === 'string' ? input : jsonText(input, 2);
  return Object.entries(given)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : jsonText(value)}`)
    .join('\n');
}

/** What is folded in a row, in the shape its tool has. `at` is a place to begin at: a field, and a character of it. */
export function detailOf(source: Source, at?: { field: number; index: number }): Part[] {
  const stretch = (field: number) => {
    const text = fieldsOf(source)[field] ?? '';
    return stretchOf(text, at?.field === field ? Math.max(1, lineAt(text, at.index) - 3) : 1);
  };
  if (source.row.kind !== 'tool') {
    return source.text.trim() === ''
      ? [{ kind: 'remark', text: 'The file says that there was some, and not what.' }]
      : [{ kind: 'text', stretch: stretch(0), field: 0 }];
  }
  return [...inputParts(source.input), ...resultParts(source, stretch)];
}

function inputParts(input: unknown): Part[] {
  const edits = editsOf(input);
  if (edits) return edits;
  const given = argumentsOf(input);
  if (!given) {
    const words = inputText(input).slice(0, maxValue);
    return words === '' ? [] : [{ kind: 'command', text: visible(words) }];
  }
  const command = firstText(given, names.command);
  const main: readonly string[] = command === null ? [] : names.command;
  const rest = Object.entries(given).filter(([name]) => !main.includes(name));
  return [
    ...(command === null
      ? []
      : [{ kind: 'command' as const, text: visible(command.slice(0, maxValue * 2)) }]),
    ...(rest.length === 0
      ? []
      : [{ kind: 'arguments' as const, entries: rest.slice(0, maxArguments).map(entry) }]),
  ];
}

function entry([name, value]: [string, unknown]): { name: string; value: string } {
  const words = typeof value === 'string' ? value : jsonText(value, 2);
  const cut = words.length > maxValue ? `${words.slice(0, maxValue)}…` : words;
  return { name: visible(name.slice(0, 80)), value: visible(cut) };
}

function resultParts(source: Source, stretch: (field: number) => ReturnType<typeof stretchOf>): Part[] {
  if (source.results.length === 0)
    return [{ kind: 'remark', text: 'The file holds no result of this call.' }];
  const path = readPath(source.input);
  return source.results.map(({ text, failed }, i): Part => {
    if (text === '')
      return { kind: 'remark', text: failed ? 'It failed and said nothing.' : 'It answered nothing.' };
    const field = i + 1;
    return path !== null && !failed
      ? { kind: 'file', path, stretch: stretch(field), field }
      : { kind: 'output', stretch: stretch(field), failed: failed === true, field };
  });
}

/** The path of the file a tool only reads: it names one, and no command, words to look for or new content. */
function readPath(input: unknown): string | null {
  const given = argumentsOf(input);
  if (!given) return null;
  const others = [
    ...names.command,
    ...names.content,
    ...names.before,
    ...names.after,
    'pattern',
    'query',
    'regex',
  ];
  if (others.some((name) => given[name] !== undefined) || array(given.edits) || object(given.edit))
    return null;
  const path = firstText(given, names.path);
  return path === null ? null : visible(path.slice(0, 300));
}
