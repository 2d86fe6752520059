import { setTimeout as sleep } from 'node:timers/promises';
import { sessionsOf } from '../world/postgres.ts';
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
  while (!signal.aborted) {
    await sleep((between.least + chance() * (between.most - between.least)) * 1000);
    const victim = victims[Math.floor(chance() * victims.length)];
    if (victim && !signal.aborted && kill(victim, world, jobs, chance)) {
      killed.set(victim, (killed.get(victim) ?? 0) + 1);
    }
  }
  return killed;
}

/** False where nothing of the kind runs. */
function kill(victim: Victim, world: World, jobs: Jobs, chance: () => number): boolean {
  if (victim === 'a job') return [...jobs.running][0]?.child.kill('SIGKILL') ?? false;
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
