interface Width {
  /** Works at the same time. */
  atOnce: number;
  /** Works that are begun or done and whose results nobody has taken yet: what bounds memory. */
  ahead: number;
  /** Makes works end soon; called where nobody wants more results. */
  stop(): void;
}

/** Does a work for each thing, many at once, and gives the results in the order of the things. */
export async function* inOrder<Thing, Result>(
  things: AsyncIterable<Thing>,
  work: (thing: Thing) => Promise<Result>,
  { atOnce, ahead, stop }: Width,
): AsyncGenerator<Result> {
  const results: Promise<Result>[] = [];
  let running = 0;
  let state: 'beginning' | 'ended' | 'stopped' = 'beginning';
  let wakeBeginner = () => {};
  let wakeTaker = () => {};

  async function begin(): Promise<void> {
    for await (const thing of things) {
      while (state === 'beginning' && (running >= atOnce || results.length >= ahead)) {
        await new Promise<void>((resolve) => {
          wakeBeginner = resolve;
        });
      }
      if (state === 'stopped') return;
      running += 1;
      const result = work(thing).finally(() => {
        running -= 1;
        wakeBeginner();
      });
      // Whoever takes it hears of its failure.
      result.catch(() => undefined);
      results.push(result);
      wakeTaker();
    }
  }

  let failure: { error: unknown } | null = null;
  const begun = begin()
    .catch((error: unknown) => {
      failure = { error };
    })
    .finally(() => {
      if (state === 'beginning') state = 'ended';
      wakeTaker();
    });
  const whatFailed = () => failure;
  const isBeginning = () => state === 'beginning';

  try {
    for (;;) {
      const next = results.shift();
      if (next !== undefined) {
        wakeBeginner();
        yield await next;
      } else if (isBeginning()) {
        await new Promise<void>((resolve) => {
          wakeTaker = resolve;
        });
      } else break;
    }
    const failed = whatFailed();
    if (failed !== null) throw failed.error;
  } finally {
    state = 'stopped';
    wakeBeginner();
    stop();
    await begun;
    await Promise.allSettled(results);
  }
}
