import { expect, test } from 'vitest';
import { progressOn } from './progress.ts';

function screen(isTTY: boolean, first?: 'later') {
  const written: string[] = [];
  let time = 0;
  const progress = progressOn({ isTTY, columns: 20, write: (text) => written.push(text) }, () => time, first);
  const at = (milliseconds: number, text: string) => {
    time = milliseconds;
    progress.show(() => text);
  };
  return { progress, at, written };
}

test('elsewhere than on a terminal, progress is a plain line every five seconds at most', () => {
  const { progress, at, written } = screen(false);
  at(0, '1 of 9');
  at(4_999, '2 of 9');
  at(5_000, '3 of 9');
  progress.line('kept');
  progress.end();
  expect(written.join('')).toBe('1 of 9\n3 of 9\nkept\n');
});

test('what is done before its first line is due is not told, where the first comes later', () => {
  const { at, written } = screen(false, 'later');
  at(0, '1 of 9');
  at(4_999, '2 of 9');
  expect(written).toEqual([]);
  at(5_000, '3 of 9');
  expect(written).toEqual(['3 of 9\n']);
  const live = screen(true, 'later');
  live.at(0, '1 of 9');
  expect(live.written).toEqual(['\r\x1b[K1 of 9']);
});

test('on a terminal, progress is one line that is redrawn, cut to its width, and gone before the next line', () => {
  const { progress, at, written } = screen(true);
  at(0, '1 of 9');
  at(50, '2 of 9');
  at(100, 'a line longer than the terminal');
  progress.line('kept');
  progress.end();
  expect(written).toEqual(['\r\x1b[K1 of 9', '\r\x1b[Ka line longer than ', '\r\x1b[K', 'kept\n']);
});
