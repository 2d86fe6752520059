interface Waiting {
  owner: string;
  begin(): void;
}

/**
 * Lets so many run at a time; the others wait their turn. Owners take turns with each other, so that one with many works
 * keeps nobody else waiting for all of them; the works of one owner come in their order.
 */
export function openTurns(most: number): {
  /** Runs the work when it is its turn; null when that did not come within `patienceMs` milliseconds. */
  run<T>(owner: string, work: () => Promise<T>, patienceMs: number): Promise<T | null>;
} {
  let running = 0;
  const waiting: Waiting[] = [];
  /** When an owner had a turn last, by a count of turns. Forgotten when nobody waits. */
  const served = new Map<string, number>();
  let turns = 0;

  const turn = (owner: string, patienceMs: number): Promise<boolean> => {
    if (running < most) {
      running += 1;
      served.set(owner, ++turns);
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const mine: Waiting = {
        owner,
        begin() {
          clearTimeout(patience);
          served.set(owner, ++turns);
          resolve(true);
        },
      };
      const patience = setTimeout(() => {
        waiting.splice(waiting.indexOf(mine), 1);
        resolve(false);
      }, patienceMs);
      waiting.push(mine);
    });
  };

  /** The first of those whose owner had no turn for the longest time. */
  const takeNext = (): Waiting | undefined => {
    const since = ({ owner }: Waiting) => served.get(owner) ?? 0;
    const next = waiting.toSorted((a, b) => since(a) - since(b))[0];
    if (next) waiting.splice(waiting.indexOf(next), 1);
    else served.clear();
    return next;
  };

  return {
    async run(owner, work, patienceMs) {
      if (!(await turn(owner, patienceMs))) return null;
      try {
        return await work();
      } finally {
        const next = takeNext();
        // Whoever is next takes the turn over, so the number that run stays as it is.
        if (next) next.begin();
        else running -= 1;
      }
    },
  };
}
