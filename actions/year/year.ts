import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicAddress } from '#domain/bucket-address.ts';
import { standinAccountId } from '#github/standin/ids.ts';
import type { Database } from '#sql/db.ts';
import { shiftTime } from '#sql/testing/shifted-time.ts';
import { startWorld } from '../../functions/api/testing/world.ts';
import { startS3Standin } from '../bucket/standin/start.ts';
import { chanceFrom } from './chance.ts';
import { resetProcess, startAt, startClock } from './clock.ts';
import { type Life, passDay } from './day.ts';
import { Gists } from './gists.ts';
import { jobsOf } from './jobs.ts';
import { OwnDiary } from './own-diary.ts';
import { contributors, moderators, People, readers, type Town } from './people.ts';
import { Reader } from './reader/reader.ts';
import { mark } from './sessions.ts';
import { countMoves } from './testing-log.ts';
import { weatherFrom } from './weather.ts';

/** Long before the tests run: the stand-in trusts no stamp of a file that is later than its clock. */
const firstDay = Date.parse('2025-01-01T00:00:00Z');

/** What the days came to. */
export interface Told {
  days: number;
  /** What people did, and how often. */
  people: Record<string, number>;
  /** What jobs came to, and how often. */
  jobs: Record<string, number>;
  /** Moves in the index's log, each with what the dataset made of it. */
  moves: Record<string, number>;
  /** Days of bad weather, by what was wrong. */
  weather: Record<string, number>;
  snapshots: number;
  /** How often each promise was put to the test; 0 is for what files say of themselves. */
  checked: Record<string, number>;
  complaints: string[];
}

/** Lets so many days pass, the same acts for the same seed, and has the reader follow what is published. */
export async function passDays(days: number, seed: number): Promise<Told> {
  // Before anything begins to count from what time it is.
  startAt(firstDay);
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-year-'));
  const world = await startWorld({ moderators });
  const s3 = await startS3Standin();
  try {
    const life = await startLife(folder, world, s3, seed);
    for (let today = 0; today < days; today += 1) await passDay(life, firstDay + today * 86_400_000);
    const { reader, diary, jobs, met } = life;
    reader.search('the database', await world.everythingStored());
    await reader.readAgain(1, () => 0);
    return {
      days,
      people: Object.fromEntries(diary.counts),
      jobs: Object.fromEntries(jobs.counts),
      moves: await countMoves(world.database),
      weather: Object.fromEntries(met),
      snapshots: reader.snapshots,
      checked: reader.complaints.checked,
      complaints: reader.complaints.sentences,
    };
  } finally {
    await s3.close();
    await world.close();
    resetProcess();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startLife(folder: string, world: Town['world'], s3: Life['s3'], seed: number): Promise<Life> {
  const chance = chanceFrom(seed);
  const clock = await startClock(await timeOf(world.database));
  const diaryPath = join(folder, 'diary.ndjson');
  const diary = new OwnDiary(diaryPath, clock.now);
  diary.write({ what: 'planted', mark });
  const gists = new Gists(world.gistsDir, clock.now);
  for (const login of [...contributors, ...readers]) gists.keepFolder(login);
  const canary = gists.create('canary', { 'canary.txt': 'still there\n' });
  gists.all.length = 0;
  const bucket = s3.bucket('dataset');
  const place = {
    output: join(folder, 'dataset'),
    github: world.standin.origin,
    bucket,
    canaryGistId: canary.id,
  };
  return {
    town: { world, gists, diary, chance, people: new People(world, diary, standinAccountId) },
    clock,
    s3,
    canary,
    jobs: jobsOf(world, place, diary, clock),
    reader: new Reader({ published: publicAddress(bucket), github: world.standin.origin, diary: diaryPath }),
    chance,
    diary,
    nextWeather: weatherFrom(chanceFrom(seed + 1)),
    met: new Map(),
    force: false,
  };
}

/** The embedded database runs in this process, and takes its time from it. */
async function timeOf(database: Database): Promise<(milliseconds: number) => Promise<void>> {
  return database.kind === 'embedded' ? async () => undefined : shiftTime(database);
}
