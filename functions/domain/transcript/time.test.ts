import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionTime, timeOrder } from './time.ts';

describe('a time', () => {
  test.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.1Z', '2026-01-02T03:04:05.100Z'],
    ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05.123456Z'],
    ['2026-01-02T03:04:05.678901+00:00', '2026-01-02T03:04:05.678901Z'],
    ['2026-01-02T03:04:05+0200', '2026-01-02T01:04:05.000Z'],
    ['2026-01-02 03:04:05 UTC', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02 03:04', '2026-01-02T03:04:00'],
    ['2026-01-02T03:04:05,250', '2026-01-02T03:04:05.250'],
    ['2026-01-02T03:04:05.123456789', '2026-01-02T03:04:05.123456'],
    [1_790_000_000_123, '2026-09-21T14:13:20.123Z'],
    [1_790_000_000.5, '2026-09-21T14:13:20.500Z'],
  ])('%s is %s', (value, time) => {
    expect(sessionTime(value)).toBe(time);
  });

  test.each([
    ['2026-02-30T03:04:05Z'],
    ['2026-02-30T03:04:05'],
    ['2026-01-02T24:00:00'],
    ['2026-01-02T25:00:00Z'],
    ['2026-01-02T03:04:05+99:00'],
    ['9999-12-31T23:59:59-23:00'],
    ['0000-01-01T00:00:00+23:00'],
    ['2026-01-02'],
    ['yesterday'],
    [''],
    [0],
    [-1],
    [12],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [Date.UTC(2200, 0)],
    [null],
    [{}],
  ])('%s is none', (value) => {
    expect(sessionTime(value)).toBeUndefined();
  });

  test('every instant is told as it is, and in its order', () => {
    const instants = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const [a, b] = [sessionTime(one.toISOString()), sessionTime(other.toISOString())];
        expect(a).toBe(one.toISOString());
        expect(Math.sign(timeOrder(a ?? '') - timeOrder(b ?? ''))).toBe(
          Math.sign(one.getTime() - other.getTime()),
        );
      }),
    );
  });

  test('microseconds order two times of one millisecond', () => {
    expect(timeOrder('2026-01-02T03:04:05.123456Z')).toBeGreaterThan(timeOrder('2026-01-02T03:04:05.123Z'));
    expect(timeOrder('2026-01-02T03:04:05.123456')).toBeLessThan(timeOrder('2026-01-02T03:04:05.124'));
  });
});
