import { expect, test } from 'vitest';
import { realServer } from '#sql/testing.ts';
import { passDays, type Told } from './year.ts';

/** The whole year is `YEAR_DAYS=365`; `YEAR_SEED` makes it another one. Its first weeks should have weather, too. */
const days = Number(process.env.YEAR_DAYS ?? (realServer ? 60 : 20));
const seed = Number(process.env.YEAR_SEED ?? 912);

const counted = (counts: Record<string, number>) =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `  ${count} ${name}`)
    .join('\n');

function table({ people, jobs, moves, weather, snapshots, checked, complaints }: Told): string {
  return [
    `${days} days of seed ${seed}: ${snapshots} snapshots read, ${complaints.length} complaints`,
    'people:',
    counted(people),
    'jobs:',
    counted(jobs),
    'moves, and what the dataset tells of them:',
    counted(moves),
    'days of bad weather:',
    counted(weather),
    'looks at each promise (0: at what files say of themselves):',
    counted(checked),
  ].join('\n');
}

test('left alone, the index keeps its promises', { timeout: 3_600_000 }, async ({ annotate }) => {
  const told = await passDays(days, seed);
  await annotate(table(told));
  expect(told.complaints.slice(0, 20)).toEqual([]);
  // A year in which nothing was published, or nothing put to the test, proves nothing.
  expect(told.snapshots).toBeGreaterThan(days / 3);
  expect(told.weather).not.toEqual({});
  expect(Object.entries(told.checked).filter(([, count]) => count === 0)).toEqual([]);
});
