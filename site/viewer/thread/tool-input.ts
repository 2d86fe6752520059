import { array, type JsonObject, object, text } from '#domain/transcript/json.ts';

/** The arguments a tool was called with; some agents keep them as a text of JSON. */
export function argumentsOf(input: unknown): JsonObject | null {
  const given = object(input);
  if (given) return given;
  if (typeof input !== 'string' || !/^\s*\{/.test(input)) return null;
  try {
    return object(JSON.parse(input)) ?? null;
  } catch {
    return null;
  }
}

/** Longest JSON that is indented, in characters: deep nesting takes the square of its size then. */
const maxIndented = 10_000;

/** A value as JSON; in place of one that is nested too deep to be written, words that say so. */
export function jsonText(value: unknown, indent = 0): string {
  try {
    const plain: string | undefined = JSON.stringify(value);
    if (plain === undefined) return '';
    return indent === 0 || plain.length > maxIndented ? plain : JSON.stringify(value, null, indent);
  } catch {
    return '(nested too deep to be shown)';
  }
}

/** The first of these arguments that is a text, or a list of words. */
export function firstText(given: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = given[name];
    const words =
      text(value) ??
      array(value)
        ?.filter((word) => typeof word === 'string')
        .join(' ');
    if (words !== undefined && words !== '') return words;
  }
  return null;
}

/** Names the arguments of many agents' tools go by. */
export const names = {
  command: ['command', 'cmd', 'script', 'commands', 'CommandLine', 'shell_command'],
  path: [
    'file_path',
    'path',
    'filePath',
    'filepath',
    'absolute_path',
    'target_file',
    'notebook_path',
    'file',
    'filename',
    'relative_path',
    'TargetFile',
    'AbsolutePath',
  ],
  content: ['content', 'contents', 'file_text', 'new_content', 'text', 'CodeContent'],
  before: ['old_string', 'old_str', 'oldText', 'oldString', 'old_text', 'search'],
  after: ['new_string', 'new_str', 'newText', 'newString', 'new_text', 'replace'],
  patch: ['patch', 'diff', 'input', 'patchText', 'patch_text'],
} as const;

const telling = [
  ...names.command,
  ...names.path,
  'pattern',
  'query',
  'url',
  'description',
  'prompt',
  'regex',
  'task',
];

/** The argument that says most of what a call does, in full; the whole of it where none stands out. */
export function mainArgument(input: unknown): string {
  const given = argumentsOf(input);
  if (!given) return typeof input === 'string' ? input : jsonText(input);
  const told = firstText(given, telling);
  if (told !== null) return told;
  const [first] = Object.values(given).filter((value) => typeof value === 'string' && value !== '');
  return typeof first === 'string' ? first : Object.keys(given).length === 0 ? '' : jsonText(given);
}
