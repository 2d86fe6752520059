import { expect, test } from 'vitest';
import { passDays } from './year.ts';

const seed = Number(process.env.YEAR_SEED ?? 20_250_101);
const days = Number(process.env.YEAR_DAYS ?? 40);

test('left alone, the index keeps its promises', { timeout: 1_200_000 }, async ({ annotate }) => {
  const { complaints, ...told } = await passDays(days, seed);
  await annotate(`seed ${seed}: ${JSON.stringify(told)}`);
  expect(complaints.slice(0, 20)).toEqual([]);
});
