import { expect, test } from 'vitest';
import { ageText, hoursText, sessionTimeText } from './times.ts';

test('a time in UTC is told as UTC, whatever its precision', () => {
  expect(sessionTimeText('2026-05-02T08:15:42.123456Z')).toEqual({
    text: '2026-05-02 08:15',
    local: false,
    machine: '2026-05-02T08:15:42.123Z',
  });
});

test('a time without a zone stays as it is: nobody can say which instant it was', () => {
  expect(sessionTimeText('2026-05-02T23:59:00')).toEqual({
    text: '2026-05-02 23:59',
    local: true,
    machine: '2026-05-02T23:59:00',
  });
});

test.each([
  ['2026-11-22T05:59:30Z', '0 min'],
  ['2026-11-22T05:00:30Z', '59 min'],
  ['2026-11-20T06:00:01Z', '47 h'],
  ['2026-11-20T06:00:00Z', '2 days'],
  ['2026-11-22T06:01:00Z', '0 min'],
])('at 06:00 on the 22nd, %s was %s ago', (time, text) => {
  expect(ageText(time, new Date('2026-11-22T06:00:00Z'))).toBe(text);
});

test.each([
  [0.25, '15 min'],
  [3.64, '3.6 h'],
  [48, '2 days'],
  [60, '2.5 days'],
])('%d hours read as %s', (hours, text) => {
  expect(hoursText(hours)).toBe(text);
});
