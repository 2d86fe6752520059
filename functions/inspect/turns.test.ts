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
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.run('ada', work(name), patient));
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
    'ada',
    () =>
      new Promise<never>((_, reject) => {
        fail = () => reject(new Error('it failed'));
      }),
    patient,
  );
  expect(await turns.run('ada', async () => 'never', 1)).toBeNull();
  const next = turns.run('ada', async () => 'next', patient);
  fail();
  await expect(failing).rejects.toThrow('it failed');
  expect(await next).toBe('next');
  expect(await turns.run('ada', async () => 'free', patient)).toBe('free');
});

test('an owner with many works keeps another waiting for one of them only', async () => {
  const turns = openTurns(2);
  const order: string[] = [];
  const run = (owner: string, name: string) =>
    turns.run(
      owner,
      async () => {
        order.push(name);
        await new Promise(setImmediate);
      },
      patient,
    );
  const all = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => run('ada', name));
  all.push(run('grace', 'g1'), run('grace', 'g2'), run('jean', 'j1'));
  await Promise.all(all);
  expect(order).toEqual(['a1', 'a2', 'g1', 'j1', 'a3', 'g2', 'a4', 'a5']);
});
