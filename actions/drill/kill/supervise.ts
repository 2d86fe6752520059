import { setTimeout as sleep } from 'node:timers/promises';
import { type MemberName, memberNames, type World } from '../world/world.ts';

/** Milliseconds until a program that ended is started again, as `RestartSec=` has it in production. */
const pause = 1_000;

export interface Supervision {
  /** Milliseconds that each program was away, by its name, one for each time. */
  away: ReadonlyMap<MemberName, number[]>;
  /** Leaves what ends alone from now on; resolves when all that was away is there again. */
  end(): Promise<void>;
}

/** Starts what has ended again, and again where that fails, as a service manager does. */
export function supervise(world: World): Supervision {
  const away = new Map<MemberName, number[]>(memberNames.map((name) => [name, []]));
  const ending = new AbortController();
  const over = new Promise<null>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve(null), { once: true });
  });

  const watch = async (name: MemberName) => {
    for (;;) {
      const running = world.members.get(name);
      if (!running || (await Promise.race([running.ended.then(() => 'ended'), over])) === null) return;
      const since = performance.now();
      await startAgain(world, name);
      away.get(name)?.push(performance.now() - since);
    }
  };
  const watching = Promise.all(memberNames.map(watch));
  return {
    away,
    async end() {
      ending.abort();
      await watching;
    },
  };
}

async function startAgain(world: World, name: MemberName): Promise<void> {
  for (;;) {
    await sleep(pause);
    try {
      return await world.start(name);
    } catch {
      // A server whose former processes are not all gone refuses, and so does a site without a database.
    }
  }
}
