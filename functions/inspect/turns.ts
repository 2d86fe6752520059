/** Lets so many run at a time; the others wait their turn, in the order they came. */
export function openTurns(most: number): {
  /** Runs the work when it is its turn; null when that did not come within `patienceMs` milliseconds. */
  run<T>(work: () => Promise<T>, patienceMs: number): Promise<T | null>;
} {
  let running = 0;
  const waiting: (() => void)[] = [];

  const turn = (patienceMs: number): Promise<boolean> => {
    if (running < most) {
      running += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const begin = () => {
        clearTimeout(patience);
        resolve(true);
      };
      const patience = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        resolve(false);
      }, patienceMs);
      waiting.push(begin);
    });
  };

  return {
    async run(work, patienceMs) {
      if (!(await turn(patienceMs))) return null;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        // Whoever is next takes the turn over, so the number that run stays as it is.
        if (next) next();
        else running -= 1;
      }
    },
  };
}
