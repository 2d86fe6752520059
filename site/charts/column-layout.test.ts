import { expect, test } from 'vitest';
import { layOutColumns, type Series } from './column-layout.ts';

const size = { height: 100, text: String };
const columns = (count: number) => Array.from({ length: count }, (_, column) => `m${column}`);
const solid = (values: number[]): Series => ({ name: 'one', look: 'solid', values });

test('values of one column stand one upon the other, to the scale of the axis', () => {
  const hollow: Series = { name: 'two', look: 'hollow', values: [30] };
  const { parts, values } = layOutColumns(['m'], [solid([10]), hollow], size);
  expect(values.map(({ text, at }) => [text, at])).toEqual([
    ['0', 100],
    ['10', 75],
    ['20', 50],
    ['30', 25],
    ['40', 0],
  ]);
  expect(parts.map(({ look, y, height }) => [look, y, height])).toEqual([
    ['solid', 75, 25],
    ['hollow', 0, 75],
  ]);
});

test.each([1, 2, 5, 24, 120])('%i columns stand beside each other inside the drawing', (count) => {
  const { parts } = layOutColumns(columns(count), [solid(columns(count).map((_, n) => n + 1))], size);
  expect(parts).toHaveLength(count);
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    expect(part.x).toBeGreaterThanOrEqual(before === undefined ? 0 : before.x + before.width);
    expect(part.x + part.width).toBeLessThanOrEqual(100.01);
    expect(part.y).toBeGreaterThanOrEqual(0);
  }
});

test('a value is seen however small it is, and none of 0', () => {
  const { parts } = layOutColumns(columns(3), [solid([1_000_000, 1, 0])], size);
  expect(parts.map(({ height }) => height)).toEqual([100, 1]);
});

test('no more than four columns are named, the first and the last among them', () => {
  const { names } = layOutColumns(columns(30), [solid(columns(30).map(() => 1))], size);
  expect(names.map(({ text }) => text)).toEqual(['m0', 'm10', 'm19', 'm29']);
  expect(names.map(({ anchor }) => anchor)).toEqual(['start', 'middle', 'middle', 'end']);
});

test('nothing at all is an empty drawing', () => {
  expect(layOutColumns([], [], size)).toMatchObject({ parts: [], names: [] });
  expect(layOutColumns(['m'], [solid([0])], size).parts).toEqual([]);
});
