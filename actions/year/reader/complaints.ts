/** The promises, by their numbers; 0 is for what the files say of themselves. */
export type PromiseNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What was looked at and what was wrong, promise by promise. */
export class Complaints {
  readonly sentences: string[] = [];
  /** How often each promise was put to the test. */
  readonly checked: Record<PromiseNumber, number> = {
    0: 0,
    1: 0,
    2: 0,
    3: 0,
    4: 0,
    5: 0,
    6: 0,
    7: 0,
    8: 0,
  };

  /** Notes one look at a promise; with a complaint, where it does not hold. */
  check(promise: PromiseNumber, holds: boolean, sentence: () => string): void {
    this.checked[promise] += 1;
    if (!holds) this.sentences.push(`promise ${promise}: ${sentence()}`);
  }
}
