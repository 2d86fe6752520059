import { expect, test } from 'vitest';
import { Kept } from './kept.ts';

const bytes = (count: number) => Buffer.alloc(count);

test('what was asked for longest ago goes first, once there is too much', () => {
  const kept = new Kept(100);
  kept.set('a', bytes(40));
  kept.set('b', bytes(40));
  expect(kept.get('a')).not.toBeNull();
  kept.set('c', bytes(40));
  expect(['a', 'b', 'c'].map((key) => kept.get(key) !== null)).toEqual([true, false, true]);
});

test('the same key again takes no room twice, and what is larger than all room is not kept', () => {
  const kept = new Kept(100);
  for (let time = 0; time < 10; time++) kept.set('a', bytes(60));
  kept.set('b', bytes(40));
  expect([kept.get('a')?.length, kept.get('b')?.length]).toEqual([60, 40]);
  kept.set('c', bytes(101));
  expect(kept.get('c')).toBeNull();
});
