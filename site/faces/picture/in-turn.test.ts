import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

test('one works at a time, in the order they came, and who would wait too long is told at once', async () => {
  const turn = inTurn(2);
  const done: number[] = [];
  let working = 0;
  const work = (number: number) =>
    turn(async () => {
      working += 1;
      expect(working).toBe(1);
      await Promise.resolve();
      working -= 1;
      done.push(number);
      return number;
    });
  const asked = [1, 2, 3, 4, 5].map(work);
  expect(asked.map((each) => each === null)).toEqual([false, false, false, true, true]);
  expect(await Promise.all(asked)).toEqual([1, 2, 3, null, null]);
  expect(done).toEqual([1, 2, 3]);
  expect(await work(6)).toBe(6);
});

test('one that fails fails alone, and leaves its place', async () => {
  const turn = inTurn(0);
  const failing = turn(() => Promise.reject(new Error('no font')));
  await expect(failing).rejects.toThrow('no font');
  expect(await turn(() => Promise.resolve('next'))).toBe('next');
});
