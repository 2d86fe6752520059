import { setTimeout as sleep } from 'node:timers/promises';
import { sessionsOf } from '../world/postgres.ts';
import type { Running } from '../world/process.ts';
import { type MemberName, memberNames, type World } from '../world/world.ts';
import type { Jobs } from './jobs.ts';

/** A session of PostgreSQL takes all others with it: the server starts anew by itself. */
type Victim = MemberName | 'a session of PostgreSQL' | 'a job';
const victims: readonly Victim[] = [...memberNames, 'a session of PostgreSQL', 'a job'];

/** Seconds between two kills, at least and at most. */
const between = { least: 1, most: 6 };

/** Kills something at random, until the signal is aborted. Returns how often each was killed. */
export async function killAtRandom(
  world: World,
  jobs: Jobs,
  { chance, signal }: { chance(): number; signal: AbortSignal },
): Promise<ReadonlyMap<Victim, number>> {
  const killed = new Map<Victim, number>(victims.map((victim) => [victim, 0]));
  let deck: Victim[] = [];
  while (!signal.aborted) {
    await sleep((between.least + chance() * (between.most - between.least)) * 1000);
    // Each comes up as often as any other, in an order of its own each time.
    if (deck.length === 0) deck = [...victims];
    const [victim] = deck.splice(Math.floor(chance() * deck.length), 1);
    if (victim && !signal.aborted && (await kill(victim, world, jobs, chance))) {
      killed.set(victim, (killed.get(victim) ?? 0) + 1);
    }
  }
  return killed;
}

/** False where nothing of the kind runs. */
async function kill(victim: Victim, world: World, jobs: Jobs, chance: () => number): Promise<boolean> {
  if (victim === 'a job') return (await someJob(jobs))?.child.kill('SIGKILL') ?? false;
  if (victim !== 'a session of PostgreSQL') return world.members.get(victim)?.child.kill('SIGKILL') ?? false;
  const server = world.members.get('PostgreSQL');
  const sessions = server ? sessionsOf(server) : [];
  const pid = sessions[Math.floor(chance() * sessions.length)];
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
    return false;
  }
}

/** A job that runs; between two of them, the next one, somewhere in its first second. */
async function someJob({ running }: Jobs): Promise<Running | undefined> {
  for (let tries = 0; running.size === 0 && tries < 40; tries += 1) await sleep(50);
  await sleep(300);
  return [...running][0];
}
