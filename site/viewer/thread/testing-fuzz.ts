import fc from 'fast-check';
import type { Part } from '../detail.ts';
import type { Block, Inline } from '../row.ts';

/** What hides, turns around or orders a terminal; written out here, so that the code cannot agree with itself. */
export const unseen =
  /(?![\t\n])\p{Cc}|\p{Bidi_Control}|[\u00ad\u115f\u1160\u200b\u2028\u2029\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;

const nasty = [
  '\0',
  '\u0007',
  '\b',
  '\r',
  '\r\n',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://a.example/\u001b\\',
  '\u001b',
  '\u009b',
  '\u007f',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\u{e0041}',
  '\ufff9',
  '&#x202e;',
  '&#8238;',
  '&#0;',
  '&#x1b;',
  '&#xe0041;',
  '\ud83d',
  '\udd25',
  '🔥',
  'Z\u0351\u036b',
  '__proto__',
  'constructor',
  'toString',
  '\n\n',
  '\n    ',
  '\t',
  '<script>alert(1)</script>',
  '<!--',
  '-->',
  '<http://a.example>',
  '<javascript:alert(1)>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](java\u0000script:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](http://user:pass@b.example)',
  '[a](https://аpple.example "title")',
  '[a](//b.example)',
  '![a](data:text/html,b)',
  '![a](https://b.example/c.png)',
  '[a]: vbscript:b\n',
  '[a]: https://b.example (c)\n',
  '[a][a]',
  '[a]',
  'https://b.example/?c=d',
  'blob:https://b.example/c',
  'www.b.example',
  '> ',
  '- ',
  '1. ',
  '- [ ] ',
  '# ',
  '```',
  '~~~\n',
  '```js hidden\n',
  '| a | b |\n|---|---|\n| c | d | e |\n',
  '**',
  '_',
  '~~',
  '`',
  '\\',
  '](',
  '[',
];
export const text = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
  .map((parts) => parts.join(''));

/** Any text a page is given to show. */
export function* textsOfBlocks(blocks: readonly Block[]): Generator<string> {
  for (const block of blocks) {
    if (block.kind === 'paragraph' || block.kind === 'heading') yield* textsOfInlines(block.inlines);
    else if (block.kind === 'code') yield* [block.language, block.text];
    else if (block.kind === 'list') for (const item of block.items) yield* textsOfBlocks(item);
    else if (block.kind === 'quote') yield* textsOfBlocks(block.blocks);
    else if (block.kind === 'table')
      for (const cell of [block.head, ...block.rows].flat()) yield* textsOfInlines(cell);
  }
}
function* textsOfInlines(inlines: readonly Inline[]): Generator<string> {
  for (const inline of inlines) {
    if (typeof inline === 'string') yield inline;
    else if (inline.kind === 'code') yield inline.text;
    else if (inline.kind === 'image') yield* [inline.alt, inline.href ?? ''];
    else if (inline.kind !== 'break') {
      if (inline.kind === 'link') yield inline.href;
      yield* textsOfInlines(inline.inlines);
    }
  }
}
export function* textsOfParts(parts: readonly Part[]): Generator<string> {
  for (const part of parts) {
    if (part.kind === 'diff') yield* [part.path, ...part.lines.map(([, line]) => line)];
    else if (part.kind === 'arguments') for (const { name, value } of part.entries) yield* [name, value];
    else if ('text' in part) yield part.text;
    else yield* [part.stretch.text, part.kind === 'file' ? part.path : ''];
  }
}
/** Numbers from 0. */
export function keys(): () => number {
  let next = 0;
  return () => next++;
}

const known = [
  'command',
  'file_path',
  'path',
  'content',
  'old_string',
  'new_string',
  'edits',
  'replacements',
  'edit',
  'patch',
  'input',
  'text',
  '__proto__',
  'constructor',
  'toJSON',
  'length',
];
const patch = fc
  .array(
    fc.constantFrom(
      '*** Begin Patch',
      '*** Update File: a\u202e.ts',
      '--- a',
      '+++ b/c',
      '@@ -1 +1 @@',
      '<<<<<<< SEARCH',
      '=======',
      '>>>>>>> REPLACE',
      '-out',
      '+in\r',
      ' same',
      '',
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join('\n'));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    patch,
    fc.constantFrom(null, true, -1, 1e308, 0.5, Number.NaN, undefined),
    fc.array(tie('json'), { maxLength: 4 }),
    // As JSON.parse makes them: `__proto__` is a key like another.
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...known), text), tie('json')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));
export const input = fc.oneof(
  json,
  json.map((value) => JSON.stringify(value) ?? ''),
);
