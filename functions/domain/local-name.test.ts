import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localNames } from './local-name.ts';

const nameOf = (name: string) => localNames([name]).get(name) ?? '';
const bytes = (text: string) => Buffer.byteLength(text);

test.each([
  'session.jsonl',
  'rollout-2026-11-22T06-00-00.jsonl',
  'a ü 漢字.md',
  'README',
  'console.log',
  'x~1.txt',
])('%s stays as it is', (name) => {
  expect(nameOf(name)).toBe(name);
});

test.each([
  ['../../x', /^__.._x~[0-9a-f]{8}$/],
  ['..', /^_~[0-9a-f]{8}$/],
  ['.', /^_~[0-9a-f]{8}$/],
  ['.bashrc', /^_bashrc~[0-9a-f]{8}$/],
  ['CON', /^_CON~[0-9a-f]{8}$/],
  ['com1.txt', /^_com1~[0-9a-f]{8}\.txt$/],
  ['aux .tar.gz', /^_aux .tar~[0-9a-f]{8}\.gz$/],
  ['a:stream.txt', /^a_stream~[0-9a-f]{8}\.txt$/],
  ['C:\\Windows\\x.dll', /^C__Windows_x~[0-9a-f]{8}\.dll$/],
  ['ends with a dot.', /^ends with a dot_~[0-9a-f]{8}$/],
  [' spaces .md ', /^_spaces .md_~[0-9a-f]{8}$/],
  ['null\0byte', /^null_byte~[0-9a-f]{8}$/],
  ['\u202egpj.exe', /^_gpj~[0-9a-f]{8}\.exe$/],
])('%j becomes a name that is safe', (name, expected) => {
  expect(nameOf(name)).toMatch(expected);
});

test('300 characters become 120 bytes, the ending kept', () => {
  expect(nameOf(`${'x'.repeat(300)}.jsonl`)).toMatch(/^x+~[0-9a-f]{8}\.jsonl$/);
  expect(bytes(nameOf(`${'x'.repeat(300)}.jsonl`))).toBe(120);
  expect(bytes(nameOf(`${'漢'.repeat(100)}.md`))).toBeLessThanOrEqual(120);
  expect(nameOf(`${'漢'.repeat(100)}.md`)).not.toContain('\ufffd');
});

test('names that differ by case, or by how a letter is written, are told apart whatever their order', () => {
  const twins = ['Session.jsonl', 'session.jsonl', 'caf\u00e9.md', 'cafe\u0301.md', 'other.txt'];
  const names = localNames(twins);
  expect(new Set([...names.values()].map((name) => name.normalize('NFC').toLowerCase())).size).toBe(5);
  expect(names.get('other.txt')).toBe('other.txt');
  for (const twin of twins.slice(0, 4)) expect(names.get(twin)).toMatch(/~[0-9a-f]{8}\./);
  expect(localNames([...twins].reverse())).toEqual(new Map([...names].reverse()));
});

test('nobody can give a file the name that another one gets', () => {
  const hidden = nameOf('a/b.txt');
  const names = localNames(['a/b.txt', hidden]);
  expect(names.get('a/b.txt')).toBe(hidden);
  expect(names.get(hidden)).not.toBe(hidden);
});

const part = fc.oneof(
  fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    ' ',
    'CON',
    'com1',
    'nul',
    '.txt',
    'A',
    'a',
    'é',
    'e\u0301',
    'ß',
    'ss',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
);
const anyName = fc
  .array(part, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))
  .filter(Boolean);

test('whatever the names are: each is one safe name, and no two are the same on any system', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 12 }), (list) => {
      const names = localNames(list);
      const safe = [...names.values()];
      expect(names.size).toBe(list.length);
      for (const name of safe) {
        expect(bytes(name)).toBeLessThanOrEqual(120);
        expect(name.isWellFormed()).toBe(true);
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[.\s]|[.\s]$/u);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/i);
        expect(name).not.toBe('');
      }
      const fold = (name: string) => name.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC');
      expect(new Set(safe.map(fold)).size).toBe(list.length);
      expect(localNames([...list].reverse())).toEqual(new Map([...names].reverse()));
    }),
    { numRuns: 500 },
  );
});
