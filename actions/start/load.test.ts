import { expect, test } from 'vitest';
import { createLoad, measureLag } from './load.ts';

test('as many requests are taken in as may be open, and more once some are answered', () => {
  const load = createLoad(() => 0, { open: 2, lag: 300 });
  expect([load.begin(), load.begin(), load.begin()]).toEqual([true, true, false]);
  load.end();
  expect([load.begin(), load.begin()]).toEqual([true, false]);
});

test('a process that is late takes in nothing until it has caught up', () => {
  let lag = 301;
  const load = createLoad(() => lag, { open: 2, lag: 300 });
  expect(load.begin()).toBe(false);
  lag = 20;
  expect(load.begin()).toBe(true);
});

test('a process that does one thing for long is late, and recovers', async () => {
  const lag = measureLag();
  const until = performance.now() + 1_000;
  while (performance.now() < until);
  await expect.poll(lag).toBeGreaterThan(300);
  await expect.poll(lag, { timeout: 10_000 }).toBeLessThan(50);
});
