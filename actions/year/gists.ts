import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standinGistId } from '#github/standin/ids.ts';

/** A gist as its owner keeps it. */
export interface KeptGist {
  id: string;
  /** The owner's first login: the stand-in's folder. */
  owner: string;
  name: string;
  files: Record<string, string>;
  description: string | null;
  public: boolean;
  /** Whom it was handed over to: the login of another account. */
  heldBy: string | null;
  blocked: 'tos' | 'dmca' | null;
  forkOf: string | null;
  deleted: boolean;
}

/** The gists on the stand-in's disk, changed at the time of a clock. */
export class Gists {
  readonly #dir: string;
  readonly #now: () => number;
  readonly all: KeptGist[] = [];

  constructor(dir: string, now: () => number) {
    this.#dir = dir;
    this.#now = now;
  }

  /** An account is one that has a folder. */
  keepFolder(owner: string): void {
    mkdirSync(join(this.#dir, owner), { recursive: true });
  }

  /** A new one, on disk already. */
  create(owner: string, files: Record<string, string>, like: Partial<KeptGist> = {}): KeptGist {
    const name = `gist-${this.all.length}`;
    const gist: KeptGist = {
      id: standinGistId(owner, name),
      owner,
      name,
      files,
      description: null,
      public: true,
      heldBy: null,
      blocked: null,
      forkOf: null,
      deleted: false,
      ...like,
    };
    this.all.push(gist);
    this.#write(gist);
    return gist;
  }

  /** Changes a gist, on disk too. */
  change(gist: KeptGist, changes: Partial<KeptGist>): void {
    Object.assign(gist, changes);
    rmSync(this.#folder(gist), { recursive: true, force: true });
    if (!gist.deleted) this.#write(gist);
  }

  #folder({ owner, name }: KeptGist): string {
    return join(this.#dir, owner, name);
  }

  #write(gist: KeptGist): void {
    const folder = this.#folder(gist);
    const time = this.#now() / 1000;
    mkdirSync(folder, { recursive: true });
    const settings = {
      public: gist.public,
      description: gist.description,
      blocked: gist.blocked,
      fork_of: gist.forkOf,
      ...(gist.heldBy === null ? {} : { owner: gist.heldBy }),
    };
    for (const [name, text] of [...Object.entries(gist.files), ['.gist.json', JSON.stringify(settings)]]) {
      const path = join(folder, String(name));
      writeFileSync(path, String(text));
      utimesSync(path, time, time);
    }
    utimesSync(folder, time, time);
  }
}
