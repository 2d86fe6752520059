import { appendFileSync, writeFileSync } from 'node:fs';
import type { Entry } from './reader/diary.ts';

type Told = Entry extends infer E ? (E extends Entry ? Omit<E, 'at'> : never) : never;

/** Writes down what is really done, at the time of a clock, for the reader alone. */
export class OwnDiary {
  readonly #path: string;
  readonly #now: () => number;
  /** How often each thing was done. */
  readonly counts = new Map<string, number>();

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
    writeFileSync(path, '');
  }

  write(told: Told): void {
    appendFileSync(this.#path, `${JSON.stringify({ at: this.#now(), ...told })}\n`);
    const name = 'how' in told ? told.how : told.what;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
