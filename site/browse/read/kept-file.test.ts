import { expect, test } from 'vitest';
import { keptFile } from './kept-file.ts';

/** A file of 1000 bytes, and the stretches of it that were fetched. */
function counted(most: number, fails: () => boolean = () => false) {
  const fetched: number[] = [];
  const file = keptFile(
    {
      byteLength: 1000,
      async slice(start, end = 1000) {
        fetched.push(start);
        if (fails()) throw new Error('away');
        return new ArrayBuffer(end - start);
      },
    },
    most,
  );
  return { fetched, read: (start: number) => file.slice(start, start + 100) };
}

test('a part is fetched once', async () => {
  const { fetched, read } = counted(1000);
  expect((await read(0)).byteLength).toBe(100);
  await Promise.all([read(0), read(100), read(0), read(100)]);
  expect(fetched).toEqual([0, 100]);
});

test('of more than may be kept, what was asked for longest ago is fetched again', async () => {
  const { fetched, read } = counted(300);
  for (const start of [0, 100, 200, 0, 300]) await read(start);
  expect(fetched).toEqual([0, 100, 200, 300]);
  for (const start of [300, 200, 0, 100]) await read(start);
  expect(fetched).toEqual([0, 100, 200, 300, 100]);
});

test('a part that could not be fetched is asked for again, and takes no room', async () => {
  let away = true;
  const { fetched, read } = counted(300, () => away);
  for (const start of [0, 100, 200, 300]) await expect(read(start)).rejects.toThrow('away');
  away = false;
  for (const start of [0, 100, 200, 0, 100, 200]) await read(start);
  expect(fetched).toEqual([0, 100, 200, 300, 0, 100, 200]);
});
