import type { Answer } from '../world/front.ts';

/** A move that somebody may ask for over the API. */
export type AskedMove = 'submit' | 'approve' | 'reject' | 'withdraw';

/** Who asked for what. `by` is a numeric account id. */
interface Request {
  gistId: string;
  move: AskedMove;
  by: string;
}

/** What came of all requests for the same. */
export interface Entry extends Request {
  /** Answers that said it was done. */
  done: number;
  /** Answers that did not say whether it was: none at all, or an error of the server's. */
  unknown: number;
}

/** What the site's visitors were told, kept where no process of the site can reach it. */
export interface Ledger {
  entries(): Iterable<Entry>;
  write(request: Request, answer: Pick<Answer, 'status'>): void;
}

export function openLedger(): Ledger {
  const entries = new Map<string, Entry>();
  return {
    entries: () => entries.values(),
    write(request, { status }) {
      const key = keyOf(request);
      const entry = entries.get(key) ?? { ...request, done: 0, unknown: 0 };
      entries.set(key, entry);
      if (status === null || status >= 500) entry.unknown += 1;
      else if (status < 300) entry.done += 1;
    },
  };
}

export const keyOf = ({ gistId, move, by }: { gistId: string; move: string; by: string | null }): string =>
  `${gistId} ${move} ${by}`;
