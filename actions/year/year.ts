import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standinAccountId } from '#github/standin/ids.ts';
import type { Database } from '#sql/db.ts';
import { shiftTime } from '#sql/testing/shifted-time.ts';
import { startWorld } from '../../functions/api/testing/world.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { type Clock, resetProcess, startAt, startClock } from './clock.ts';
import { contribute } from './contributing.ts';
import { Gists } from './gists.ts';
import { type Jobs, jobsOf } from './jobs.ts';
import { moderate, reconsider, report } from './moderating.ts';
import { OwnDiary } from './own-diary.ts';
import { contributors, moderators, People, readers, type Town } from './people.ts';
import { Reader } from './reader/reader.ts';
import { mark } from './sessions.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Long before the tests run: the stand-in trusts no stamp of a file that is later than its clock. */
const firstDay = Date.parse('2025-01-01T00:00:00Z');

/** What a year came to. */
export interface Told {
  days: number;
  did: Record<string, number>;
  snapshots: number;
  checked: Record<string, number>;
  complaints: string[];
}

interface Life {
  town: Town;
  clock: Clock;
  jobs: Jobs;
  reader: Reader;
  chance: Chance;
}

/** Lets so many days pass, the same ones for the same seed, and has the reader follow what is published. */
export async function passDays(days: number, seed: number): Promise<Told> {
  const chance = chanceFrom(seed);
  // Before anything begins to count from what time it is.
  startAt(firstDay);
  const world = await startWorld({ moderators });
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-year-'));
  try {
    const clock = await startClock(await timeOf(world.database));
    const diary = new OwnDiary(join(folder, 'diary.ndjson'), clock.now);
    diary.write({ what: 'planted', mark });
    const gists = new Gists(world.gistsDir, clock.now);
    for (const login of [...contributors, ...readers]) gists.keepFolder(login);
    const people = new People(world, diary, standinAccountId);
    const town: Town = { world, gists, diary, chance, people };
    const published = join(folder, 'public');
    const jobs = jobsOf(world, diary, { output: join(folder, 'dataset'), published });
    const reader = new Reader({
      published,
      github: world.standin.origin,
      diary: join(folder, 'diary.ndjson'),
    });
    const life: Life = { town, clock, jobs, reader, chance };
    for (let today = 0; today < days; today += 1) await passDay(life, firstDay + today * day);
    await reader.readAgain(1, chance.number);
    return {
      days,
      did: Object.fromEntries(diary.counts),
      snapshots: reader.snapshots,
      checked: reader.complaints.checked,
      complaints: reader.complaints.sentences,
    };
  } finally {
    await world.close();
    resetProcess();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The embedded database runs in this process, and takes its time from it. */
async function timeOf(database: Database): Promise<(milliseconds: number) => Promise<void>> {
  return database.kind === 'embedded' ? async () => undefined : shiftTime(database);
}

async function passDay({ town, clock, jobs, reader, chance }: Life, midnight: number): Promise<void> {
  const acts = 3 + chance.below(6);
  for (let act = 0; act < acts; act += 1) {
    await clock.goTo(midnight + (6 + act) * hour);
    await contribute(town);
    if (chance.happens(0.12)) await report(town);
  }
  await clock.goTo(midnight + 16 * hour);
  await moderate(town);
  if (chance.happens(0.2)) await reconsider(town);
  await clock.goTo(midnight + 23 * hour);
  await jobs.run('export');
  await jobs.run('publish');
  await reader.readSnapshot();
  await reader.readAgain(0.02, chance.number);
  reader.search('the log', town.world.logged.splice(0).join('\n'));
  if (chance.happens(0.1)) reader.search('the database', await town.world.everythingStored());
}
