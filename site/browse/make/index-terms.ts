/** Numbers that grow in count as they come, without a copy each time. */
class Numbers {
  #held = new Uint32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.#held.length) {
      const wider = new Uint32Array(this.length * 2);
      wider.set(this.#held);
      this.#held = wider;
    }
    this.#held[this.length] = value;
    this.length += 1;
  }

  all(): Uint32Array {
    return this.#held.subarray(0, this.length);
  }
}

export interface IndexedTerms {
  /** In their order, by UTF-16 code units. */
  terms: readonly string[];
  /** Rows of terms[i] are rows[starts[i]] to before rows[starts[i + 1]], ascending. */
  starts: Uint32Array;
  rows: Int32Array;
}

/** Collects which rows have which terms, row by row, and turns it round at the end. */
export class TermIndex {
  #ids = new Map<string, number>();
  #found = new Numbers();
  #ends = new Numbers();

  /** Takes the next row's terms. None of them twice. */
  add(terms: readonly string[]): void {
    for (const term of terms) {
      let id = this.#ids.get(term);
      if (id === undefined) {
        id = this.#ids.size;
        this.#ids.set(term, id);
      }
      this.#found.push(id);
    }
    this.#ends.push(this.#found.length);
  }

  finish(): IndexedTerms {
    const terms = [...this.#ids.keys()].sort();
    const places = new Uint32Array(terms.length);
    terms.forEach((term, place) => {
      places[this.#ids.get(term) ?? 0] = place;
    });
    this.#ids = new Map();

    const found = this.#found.all();
    const starts = new Uint32Array(terms.length + 1);
    for (const id of found) increase(starts, (places[id] ?? 0) + 1, 1);
    for (let place = 1; place < starts.length; place += 1) increase(starts, place, starts[place - 1] ?? 0);

    const next = starts.slice();
    const rows = new Int32Array(found.length);
    let at = 0;
    this.#ends.all().forEach((end, row) => {
      for (; at < end; at += 1) {
        const place = places[found[at] ?? 0] ?? 0;
        rows[next[place] ?? 0] = row;
        increase(next, place, 1);
      }
    });
    return { terms, starts, rows };
  }
}

function increase(numbers: Uint32Array, at: number, by: number): void {
  numbers[at] = (numbers[at] ?? 0) + by;
}
