import { expect, test } from 'vitest';
import { encodingOf } from './encoding.ts';

const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => little(text).swap16();

test.each([
  ['a mark, then Latin letters', little('\ufeff{"type"'), 'utf-16le'],
  ['a mark, then Latin letters, big end first', big('\ufeff{"type"'), 'utf-16be'],
  ['a mark, then a first line in another script', little('\ufeff会話の記録\n{"type"'), 'utf-16le'],
  ['the same, big end first', big('\ufeff会話の記録\n{"type"'), 'utf-16be'],
  ['a mark, then an emoji', little('\ufeff🚀 go'), 'utf-16le'],
  ['no mark', little('{"type": "user"}\n'), 'utf-16le'],
  ['no mark, big end first', big('{"type": "user"}\n'), 'utf-16be'],
  ['text', Buffer.from('{"type": "user"}\n'), 'utf-8'],
  ['text in another script', Buffer.from('会話の記録\n'), 'utf-8'],
  ['text behind the mark of UTF-16', Buffer.from('\xff\xfe{"type"', 'latin1'), 'utf-8'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'utf-8'],
  ['one byte', Buffer.from('{'), 'utf-8'],
  ['nothing', Buffer.from(''), 'utf-8'],
])('%s', (_, beginning, encoding) => {
  expect(encodingOf(beginning)).toBe(encoding);
});
