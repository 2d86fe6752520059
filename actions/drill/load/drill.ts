import { highWaterMb } from '../../bench/high-water.ts';
import { giveAccount, logNumberNow } from '../ledger/account.ts';
import type { DrillOptions, Measured } from '../measured.ts';
import { processorSeconds } from '../world/spent.ts';
import { countSurprises } from '../world/surprises.ts';
import { memberNames, startWorld, type World } from '../world/world.ts';
import { submittingShare, type Town } from './acts.ts';
import { goalMs, latencies, manners, recovery } from './figures.ts';
import { pass } from './phase.ts';
import { settleTown } from './town.ts';

/** Seconds before anything is counted: what is loaded at the first request is no visitor's fault. */
const warmUp = 10;

/** So many requests a second, then some multiples of it, and whether all that was promised is kept. */
export async function* drillLoad(options: DrillOptions): AsyncGenerator<Measured> {
  const { rate, surges, sessions, say } = options;
  const seconds = options.minutes * 60;
  // As long as it takes to see that it goes on.
  const short = Math.max(15, seconds / 5);
  const all = rate * (warmUp + seconds + surges.reduce((sum, surge) => sum + short * (surge + 1), 0));
  const world = await startWorld({
    contributors: 400,
    moderators: 40,
    gists: Math.ceil(all * submittingShare * 1.2) + 500,
    sessions,
    filled: true,
    say,
  });
  let town: Town | null = null;
  let ended = false;
  try {
    town = await settleTown(world, sessions, say);
    const since = await logNumberNow(world.databaseUrl);
    await pass(town, { rate, seconds: warmUp }, telling(options, 'warming up'));

    const before = spent(world);
    const steady = await pass(town, { rate, seconds }, telling(options, `${rate}/s`));
    yield* latencies(`${rate}/s`, steady, { most: goalMs });
    yield* manners(`${rate}/s`, steady, 'never');
    yield* processors(world, before, `${rate}/s`, seconds);

    for (const surge of surges) {
      const name = `${rate * surge}/s`;
      const surging = await pass(town, { rate: rate * surge, seconds: short }, telling(options, name));
      yield* latencies(name, surging, null);
      yield* manners(name, surging, 'politely');
      const after = await pass(town, { rate, seconds: short }, telling(options, `after ${name}`));
      yield* manners(`after ${name}`, after, 'politely');
      yield {
        metric: `after ${name}: until all is well`,
        unit: 's',
        value: recovery(after, short),
        goal: { most: 10 },
      };
    }
    for (const name of ['site 1', 'site 2'] as const) {
      const value = highWaterMb(world.members.get(name)?.child.pid);
      yield { metric: `peak memory, ${name}`, unit: 'MB', value, goal: null };
    }
    yield* await giveAccount(world.databaseUrl, town.ledger, since);
    yield {
      metric: 'errors that nobody foresaw, in the logs',
      unit: 'lines',
      value: await countSurprises(world.folder),
      goal: { most: 0 },
    };
    ended = true;
  } finally {
    await town?.front.close();
    await world.close(options.keep || !ended);
  }
}

const telling =
  ({ progress }: DrillOptions, phase: string) =>
  (answers: number) =>
    progress(() => `${phase}: ${answers.toLocaleString('en-GB')} answers`);

/** Seconds of each program, and of this one, which asks. */
const spent = ({ members }: World) => {
  const { user, system } = process.cpuUsage();
  return [
    ...memberNames.map((name) => processorSeconds(members.get(name)?.child.pid)),
    (user + system) / 1e6,
  ];
};

/** How much of one processor each program took, and whoever asked. */
function processors(world: World, before: number[], phase: string, seconds: number): Measured[] {
  return spent(world).map((value, n) => ({
    metric: `${phase}: processor, ${memberNames[n] ?? 'those who ask'}`,
    unit: '% of one',
    value: ((value - (before[n] ?? 0)) / seconds) * 100,
    goal: null,
  }));
}
