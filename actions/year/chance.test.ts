import { expect, test } from 'vitest';
import { chanceFrom } from './chance.ts';

const numbers = (seed: number) => {
  const chance = chanceFrom(seed);
  return Array.from({ length: 20 }, () => chance.below(1000));
};

test('the same seed gives the same chance, another seed another', () => {
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
});

test('a deck gives each card before any comes again', () => {
  const next = chanceFrom(3).deck(['a', 'b', 'c']);
  for (let round = 0; round < 5; round += 1) expect([next(), next(), next()].sort()).toEqual(['a', 'b', 'c']);
});
