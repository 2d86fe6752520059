import { readFileSync } from 'node:fs';

/**
 * A line of the diary: what people and machines really did, written down by those who did it. The index never sees it.
 * `at` is in epoch milliseconds.
 */
export type Entry = { at: number } & (
  | { what: 'account'; login: string; owner_id: string }
  | { what: 'submitted'; gist_id: string; owner_id: string; license: string; revision: string }
  | { what: 'approved'; gist_id: string; revision: string }
  | { what: 'rejected' | 'removed'; gist_id: string; reason: string }
  | { what: 'reopened' | 'appealed' | 'withdrew' | 'cleared'; gist_id: string }
  | { what: 'reported'; gist_id: string; reason: string; quarantined: boolean }
  /** Something was done to the gist at GitHub; `harms` where a row about it must not stay as it is. */
  | { what: 'touched'; gist_id: string; how: string; harms: boolean }
  /** A job ended; `started` in epoch milliseconds. `refused`: it told the operator that it took nothing out. */
  | { what: 'job'; job: string; started: number; outcome: 'done' | 'failed' | 'refused' | 'killed' }
  /** Whatever holds this text was content, or must not be public for another reason. */
  | { what: 'planted'; mark: string }
);

/** Where a submission stands, by what people did. */
export interface Standing {
  state: 'pending' | 'approved' | 'rejected' | 'removed' | 'withdrawn' | 'quarantined';
  /** Where it stood before its quarantine. */
  earlier: Standing['state'] | null;
  since: number;
  ownerId: string;
  license: string;
  approved: { revision: string; at: number } | null;
}

const quarantineLasts = 72 * 3_600_000;

/** The diary so far. */
export class Diary {
  readonly #path: string;
  entries: readonly Entry[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads what was written since. */
  read(): void {
    this.entries = readFileSync(this.#path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line): Entry => JSON.parse(line));
  }

  /** The entries of one kind. */
  of<W extends Entry['what']>(what: W): Extract<Entry, { what: W }>[] {
    return this.entries.filter((entry): entry is Extract<Entry, { what: W }> => entry.what === what);
  }

  /** Everything people did with a gist between two times, in the order of time. */
  about(gistId: string, after: number, until: number): Entry[] {
    return this.entries.filter(
      (entry) => 'gist_id' in entry && entry.gist_id === gistId && entry.at > after && entry.at <= until,
    );
  }

  /** Where every gist ever submitted stood at a time. */
  standings(until: number): Map<string, Standing> {
    const standings = new Map<string, Standing>();
    for (const entry of this.entries) if (entry.at <= until) step(standings, entry);
    for (const standing of standings.values()) {
      lapse(standing, until);
    }
    return standings;
  }
}

function step(standings: Map<string, Standing>, entry: Entry): void {
  if (entry.what === 'submitted') {
    standings.set(entry.gist_id, {
      state: 'pending',
      earlier: null,
      since: entry.at,
      ownerId: entry.owner_id,
      license: entry.license,
      approved: standings.get(entry.gist_id)?.approved ?? null,
    });
    return;
  }
  const standing = 'gist_id' in entry ? standings.get(entry.gist_id) : undefined;
  if (standing === undefined) return;
  lapse(standing, entry.at);
  const go = (state: Standing['state']) => Object.assign(standing, { state, since: entry.at });
  switch (entry.what) {
    case 'approved':
      go('approved');
      standing.approved = { revision: entry.revision, at: entry.at };
      break;
    case 'rejected':
    case 'removed':
      go(entry.what);
      break;
    case 'reopened':
    case 'appealed':
      go('pending');
      break;
    case 'withdrew':
      go('withdrawn');
      break;
    case 'reported':
      if (entry.quarantined) {
        standing.earlier = standing.state;
        go('quarantined');
      }
      break;
    case 'cleared':
      if (standing.state === 'quarantined') end(standing, entry.at);
      break;
  }
}

/** A quarantine that nobody decided has ended by itself. */
function lapse(standing: Standing, now: number): void {
  const ends = standing.since + quarantineLasts;
  if (standing.state === 'quarantined' && now > ends) end(standing, ends);
}

/** The quarantine ends: it stands where it stood. */
function end(standing: Standing, at: number): void {
  Object.assign(standing, { state: standing.earlier ?? 'pending', earlier: null, since: at });
}
