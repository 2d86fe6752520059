import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listListed } from '#sql/testing-moves.ts';
import { openServer } from '../../bench/open-server.ts';
import { chanceFrom } from '../chance.ts';
import { giveAccount, logNumberNow } from '../ledger/account.ts';
import { submittingShare, type Town } from '../load/acts.ts';
import { latencies, manners } from '../load/figures.ts';
import { pass } from '../load/phase.ts';
import { settleTown } from '../load/town.ts';
import type { DrillOptions, Measured } from '../measured.ts';
import { countSurprises } from '../world/surprises.ts';
import { startWorld, type World } from '../world/world.ts';
import { outputOf, runJobs } from './jobs.ts';
import { killAtRandom } from './killer.ts';
import { supervise } from './supervise.ts';

/** Seconds without a kill, in the end, in which all has to be as always. */
const calm = 20;

/** Everything is killed at random while people go on, and in the end all that they were told is looked for in the database. */
export async function* drillKill(options: DrillOptions): AsyncGenerator<Measured> {
  const { rate, sessions, say, progress } = options;
  const seconds = options.minutes * 60;
  const gists = Math.ceil(rate * (seconds + calm) * submittingShare * 1.2) + 500;
  const world = await startWorld({ contributors: 100, moderators: 10, gists, sessions, filled: false, say });
  const supervision = supervise(world);
  const jobs = runJobs(world);
  const stop = new AbortController();
  let town: Town | null = null;
  let ended = false;
  try {
    town = await settleTown(world, sessions, say);
    const since = await logNumberNow(world.databaseUrl);
    const killing = killAtRandom(world, jobs, { chance: chanceFrom(912), signal: stop.signal });
    const told = (phase: string) => (answers: number) =>
      progress(() => `${phase}: ${answers.toLocaleString('en-GB')} answers`);
    const during = await pass(town, { rate, seconds }, told('killing'));
    stop.abort();
    const killed = await killing;
    say('Waiting until all is there again');
    await jobs.end();
    await supervision.end();
    const afterwards = await pass(town, { rate, seconds: calm }, told('calm'));

    for (const [victim, times] of killed) {
      yield { metric: `killed: ${victim}`, unit: 'times', value: times, goal: { least: 1 } };
    }
    for (const [name, away] of supervision.away) {
      const value = Math.max(0, ...away) / 1000;
      yield { metric: `longest until it was there again: ${name}`, unit: 's', value, goal: null };
    }
    yield* latencies('killing', during, null);
    yield* manners('killing', during, 'politely').map((line) =>
      // Whoever was being answered by what was killed got no answer; they come again.
      line.metric.endsWith('no answer') ? { ...line, goal: null } : line,
    );
    yield* manners('afterwards', afterwards, 'never');
    for (const [outcome, times] of [...jobs.counts].sort()) {
      yield { metric: `jobs: ${outcome}`, unit: 'times', value: times, goal: null };
    }
    const failed = await jobs.finish();
    for (const job of failed) say(`${job} fails though nothing is killed any more.`);
    yield {
      metric: 'jobs that fail when all is quiet',
      unit: 'jobs',
      value: failed.length,
      goal: { most: 0 },
    };
    yield* await giveAccount(world.databaseUrl, town.ledger, since);
    yield await publishedOtherwise(world);
    const value = await countSurprises(world.folder);
    yield { metric: 'errors that nobody foresaw, in the logs', unit: 'lines', value, goal: { most: 0 } };
    ended = true;
  } finally {
    stop.abort();
    await jobs.end();
    await supervision.end();
    await town?.front.close();
    await world.close(options.keep || !ended);
  }
}

/** Holds the newest snapshot against the database. */
async function publishedOtherwise(world: World): Promise<Measured> {
  const file = readFileSync(join(outputOf(world), 'latest/urls.txt'), 'utf8');
  const published = new Set(
    file
      .split('\n')
      .filter(Boolean)
      .map((url) => url.split('/').at(-1) ?? ''),
  );
  const db = openServer(world.databaseUrl);
  const listed = new Set(await listListed(db).finally(() => db.close()));
  const value =
    [...published].filter((id) => !listed.has(id)).length +
    [...listed].filter((id) => !published.has(id)).length;
  return {
    metric: `of ${listed.size} listed sessions, other in the snapshot`,
    unit: 'sessions',
    value,
    goal: { most: 0 },
  };
}
