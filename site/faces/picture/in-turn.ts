/** What came of asking: null where too many wait already. */
export type InTurn = <Made>(make: () => Promise<Made>) => Promise<Made> | null;

/**
 * Lets one after the other work, with at most `most` waiting, so that many who ask at once cost no more than one
 * processor and no memory to speak of.
 */
export function inTurn(most: number): InTurn {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return (make) => {
    if (waiting > most) return null;
    waiting += 1;
    const made = last.then(make);
    last = made
      .catch(() => undefined)
      .then(() => {
        waiting -= 1;
      });
    return made;
  };
}
