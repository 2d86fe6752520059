interface Width {
  /** Works at the same time. */
  atOnce: number;
  /** Works that are begun or done and whose results nobody has taken yet: what bounds memory. */
  ahead: number;
  /** Makes works end soon; called where nobody wants more results. */
  stop(): void;
}

/**
 * Does a work for each thing, many at once, and gives the results in the order of the things. Throws what the first failure
 * threw, as soon as there is one and all works have ended.
 */
export async function* inOrder<Thing, Result>(
  things: AsyncIterable<Thing>,
  work: (thing: Thing) => Promise<Result>,
  { atOnce, ahead, stop }: Width,
): AsyncGenerator<Result> {
  const results: Promise<Result | undefined>[] = [];
  const failures: unknown[] = [];
  let running = 0;
  let isOver = false;
  let wakeBeginner = () => {};
  let wakeTaker = () => {};

  const end = () => {
    if (isOver) return;
    isOver = true;
    wakeBeginner();
    stop();
  };
  const fail = (error: unknown) => {
    failures.push(error);
    end();
    return undefined;
  };
  const isFull = () => running >= atOnce || results.length >= ahead;

  async function begin(): Promise<void> {
    for await (const thing of things) {
      while (!isOver && isFull()) {
        await new Promise<void>((resolve) => {
          wakeBeginner = resolve;
        });
      }
      if (isOver) return;
      running += 1;
      const result = work(thing)
        .catch(fail)
        .finally(() => {
          running -= 1;
          wakeBeginner();
        });
      results.push(result);
      wakeTaker();
    }
  }

  let isBegun = false;
  const begun = begin()
    .catch(fail)
    .finally(() => {
      isBegun = true;
      wakeTaker();
    });
  const mayCome = () => !isBegun || results.length > 0;
  try {
    while (mayCome()) {
      const next = results.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wakeTaker = resolve;
        });
        continue;
      }
      wakeBeginner();
      const result = await next;
      if (failures.length > 0 || result === undefined) break;
      yield result;
    }
  } finally {
    end();
    await begun;
    await Promise.all(results);
  }
  if (failures.length > 0) throw failures[0];
}
