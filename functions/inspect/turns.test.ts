import { expect, test } from 'vitest';
import { openTurns } from './turns.ts';

const patient = 60_000;

test('so many run at a time, the others in the order they came', async () => {
  const turns = openTurns(2);
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      order.push(name);
      ends.push(() => resolve(name));
    });
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.run(work(name), patient));
  await Promise.resolve();
  expect(order).toEqual(['a', 'b']);
  ends[1]?.();
  expect(await all[1]).toBe('b');
  expect(order).toEqual(['a', 'b', 'c']);
  ends[0]?.();
  await all[0];
  ends[2]?.();
  await all[2];
  ends[3]?.();
  expect(await all[3]).toBe('d');
});

test('who waits too long is told so, and what fails gives its turn on', async () => {
  const turns = openTurns(1);
  let fail = () => {};
  const failing = turns.run(
    () =>
      new Promise<never>((_, reject) => {
        fail = () => reject(new Error('it failed'));
      }),
    patient,
  );
  expect(await turns.run(async () => 'never', 1)).toBeNull();
  const next = turns.run(async () => 'next', patient);
  fail();
  await expect(failing).rejects.toThrow('it failed');
  expect(await next).toBe('next');
  expect(await turns.run(async () => 'free', patient)).toBe('free');
});
