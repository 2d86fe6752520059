import type { Asked } from '../bucket/standin/faults.ts';
import type { startS3Standin } from '../bucket/standin/start.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import { contribute, leaveTogether } from './contributing.ts';
import type { KeptGist } from './gists.ts';
import type { JobOutcome, Jobs } from './jobs.ts';
import { moderate, reconsider, report } from './moderating.ts';
import type { OwnDiary } from './own-diary.ts';
import type { Town } from './people.ts';
import type { JobName } from './perform.ts';
import type { Reader } from './reader/reader.ts';
import { ageInspections } from './testing-older-rules.ts';
import type { Weather } from './weather.ts';

const hour = 3_600_000;

/** An index, the people around it, and what befalls it. */
export interface Life {
  town: Town;
  clock: Clock;
  s3: Awaited<ReturnType<typeof startS3Standin>>;
  /** The gist that rechecks look at to know whether GitHub is well. */
  canary: KeptGist;
  jobs: Jobs;
  reader: Reader;
  chance: Chance;
  diary: OwnDiary;
  nextWeather: () => Weather;
  /** Days of bad weather, by what was wrong. */
  met: Map<string, number>;
  /** The operator was told of losses, has looked, and lets the next recheck apply them. */
  force: boolean;
}

/** People act from morning on, with removals between; the daily jobs run before midnight. */
export async function passDay(life: Life, midnight: number): Promise<void> {
  const { town, clock, chance, reader } = life;
  const weather = noteWeather(life);
  const acts = 2 + chance.below(6);
  if (weather.allDay) town.world.standin.setFaults(weather.github);
  for (let act = 0; act < acts; act += 1) {
    await clock.goTo(midnight + (6 + act) * hour);
    await contribute(town);
    if (chance.happens(0.12)) await report(town);
    if (chance.happens(0.15)) await refreshRemovals(life, weather);
  }
  if (weather.leaving) leaveTogether(town);
  await clock.goTo(midnight + 16 * hour);
  await moderate(town);
  if (chance.happens(0.2)) await reconsider(town);
  if (chance.happens(0.3)) await refreshRemovals(life, weather);
  if (chance.happens(0.05)) await ageInspections(town.world.database);
  await clock.goTo(midnight + 22 * hour);
  if (weather.jobsRun) await runDaily(life, weather);
  town.world.standin.setFaults([]);
  await reader.readAgain(0.01, chance.number);
  reader.search('the log', town.world.logged.splice(0).join('\n'));
  if (chance.happens(0.05)) reader.search('the database', await town.world.everythingStored());
}

function noteWeather({ nextWeather, met }: Life): Weather {
  const weather = nextWeather();
  const wrong = [
    ...weather.github.map((fault) => `GitHub: ${fault}`),
    ...(weather.bucket ? [`bucket: ${weather.bucket.name}`] : []),
    ...(weather.jobsRun ? [] : ['no jobs']),
    ...(weather.noCanary ? ['no canary'] : []),
    ...(weather.leaving ? ['many leave'] : []),
  ];
  for (const name of wrong) met.set(name, (met.get(name) ?? 0) + 1);
  return weather;
}

async function refreshRemovals(life: Life, weather: Weather): Promise<JobOutcome | null> {
  if (!weather.jobsRun) return null;
  const outcome = await withBucketFaults(life, weather, () => runOrKill(life, weather, 'removals'));
  if (outcome === 'done') await life.reader.readHourly();
  return outcome;
}

/** As snapshot.yml does it: each job needs the one before. */
async function runDaily(life: Life, weather: Weather): Promise<void> {
  const { reader, chance, jobs } = life;
  const checked = await recheck(life, weather);
  if (checked !== 'done' && chance.happens(0.5)) return;
  // People do not wait for the jobs.
  if (chance.happens(0.3)) await contribute(life.town);
  if ((await refreshRemovals(life, weather)) !== 'done') return;
  if ((await runOrKill(life, weather, 'export')) !== 'done') return;
  const published = await withBucketFaults(life, weather, () => runOrKill(life, weather, 'publish'));
  await reader.readSnapshot();
  if (published === 'done') await refreshRemovals(life, weather);
  if (published === 'done' && chance.happens(0.15)) await runOrKill(life, weather, 'release');
  if (published !== 'done' && chance.happens(0.5)) {
    await jobs.run('publish');
    await reader.readSnapshot();
  }
}

async function recheck(life: Life, weather: Weather): Promise<JobOutcome> {
  const { town, canary, clock, reader } = life;
  const { standin } = town.world;
  standin.setFaults(weather.github);
  if (weather.noCanary) town.gists.change(canary, { deleted: true });
  const outcome = await runOrKill(life, weather, 'recheck', life.force);
  if (weather.noCanary) town.gists.change(canary, { deleted: false });
  standin.setFaults([]);
  await reader.lookAtGitHub(clock.now());
  // Whether losses are true, the operator sees at GitHub, once it is well.
  life.force = outcome === 'refused' && weather.github.length === 0 && !weather.noCanary;
  return outcome;
}

/** Runs a job, or has it killed; then it is started again at once, or not before it is due again. */
async function runOrKill(
  { jobs }: Life,
  { kill }: Weather,
  job: JobName,
  force = false,
): Promise<JobOutcome> {
  if (kill?.job !== job) return jobs.run(job, { force });
  const outcome = await jobs.run(job, { force, fatal: kill.fatal });
  return outcome === 'killed' && kill.again ? jobs.run(job, { force }) : outcome;
}

async function withBucketFaults<T>({ s3 }: Life, { bucket }: Weather, work: () => Promise<T>): Promise<T> {
  // A request without a body has no middle.
  const on = ({ method }: Asked) => bucket?.name !== 'cut_upload' || method === 'PUT';
  if (bucket) s3.faults.set(bucket.name, { on, ...(bucket.times === null ? {} : { times: bucket.times }) });
  try {
    return await work();
  } finally {
    s3.faults.heal();
  }
}
