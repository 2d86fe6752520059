import { expect, test } from 'vitest';
import { sessionTimeText } from './times.ts';

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
