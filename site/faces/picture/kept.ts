/** Keeps what was made last under a key, up to so many bytes in all; what was asked for longest ago goes first. */
export class Kept {
  #most: number;
  #bytes = 0;
  #made = new Map<string, Buffer>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Buffer | null {
    const found = this.#made.get(key);
    if (found === undefined) return null;
    this.#made.delete(key);
    this.#made.set(key, found);
    return found;
  }

  set(key: string, made: Buffer): void {
    this.#bytes += made.length - (this.#made.get(key)?.length ?? 0);
    this.#made.delete(key);
    this.#made.set(key, made);
    for (const [oldest, { length }] of this.#made) {
      if (this.#bytes <= this.#most) return;
      this.#made.delete(oldest);
      this.#bytes -= length;
    }
  }
}
