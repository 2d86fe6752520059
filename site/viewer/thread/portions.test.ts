import { expect, test } from 'vitest';
import { portionsOf } from './portions.ts';

const paragraph = (i: number) => `${i} ${'word '.repeat(60).trim()}`;

test('a short text is one portion', () => {
  expect(portionsOf('a\n\nb', true)).toEqual(['a\n\nb']);
});

test('a long text is cut at blank lines, and nothing of it is lost', () => {
  const text = Array.from({ length: 100 }, (_, i) => paragraph(i)).join('\n\n');
  const portions = portionsOf(text, true);
  expect(portions.length).toBeGreaterThan(3);
  for (const portion of portions) expect(portion.length).toBeLessThanOrEqual(6001);
  expect(portions.join('\n\n').replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
});

test('a fence that is cut is closed, and opened again', () => {
  const code = Array.from({ length: 400 }, (_, i) => `let a${i} = ${i};`);
  const portions = portionsOf(`Look:\n\n\`\`\`ts\n${code.join('\n')}\n\`\`\`\n\nSo.`, true);
  expect(portions.length).toBeGreaterThan(2);
  for (const portion of portions)
    expect(portion.match(/^```/gm)?.length ?? 0).toSatisfy((n: number) => n % 2 === 0);
  for (const line of code) expect(portions.some((portion) => portion.split('\n').includes(line))).toBe(true);
  expect(portions[1]).toMatch(/^```ts\n/);
});

test('a line without an end is cut anywhere', () => {
  const portions = portionsOf('x'.repeat(50_000), false);
  expect(portions.join('').replaceAll('\n', '')).toBe('x'.repeat(50_000));
  for (const portion of portions) expect(portion.length).toBeLessThanOrEqual(6001);
});
