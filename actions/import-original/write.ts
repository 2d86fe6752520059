import type { State } from '#domain/submission.ts';
import type { Database, Db } from '#sql/db.ts';
import {
  listHere,
  lockLog,
  lockTaken,
  moveLogHead,
  moveTakenRows,
  type TakenLine,
  takeAccounts,
  takeLines,
  takeRows,
} from '#sql/queries/take-over.ts';
import { inPieces } from './pieces.ts';
import type { Takeover } from './plan.ts';

/** Rows written at once. */
const pieceSize = 500;

/**
 * Writes what is taken over in one transaction: all of it is there afterwards, or nothing. Log lines get their numbers in
 * the order of their times; the last line of each gist says that it was taken over. What moved here since the takeover
 * was planned is left out. Returns how many rows and log lines were written.
 */
export function writeTakeovers(
  db: Database,
  planned: readonly Takeover[],
  now: Date,
): Promise<{ rows: number; lines: number }> {
  return db.transaction(async (tx) => {
    await lockTaken(
      tx,
      planned.flatMap(({ row, lastSeq }) => (lastSeq === null ? [] : row.gistId)),
    );
    const head = await lockLog(tx);
    const takeovers = await standing(tx, planned);
    const accountIds = await keysOf(tx, takeovers);
    const lines = numbered(
      takeovers.flatMap((takeover) => linesOf(takeover, accountIds, now)),
      head,
    );
    const lastSeqs = new Map(lines.map(({ gistId, seq }) => [gistId, seq]));
    const rows = takeovers.map(({ row, state, lastSeq }) => ({
      ...row,
      isNew: lastSeq === null,
      accountId: keyOf(accountIds, row.ownerId),
      state: stateHere(state),
      lastSeq: lastSeqs.get(row.gistId) ?? head,
    }));
    for (const piece of inPieces(rows, pieceSize)) {
      await takeRows(
        tx,
        piece.filter(({ isNew }) => isNew),
      );
      await moveTakenRows(
        tx,
        piece.filter(({ isNew }) => !isNew),
      );
    }
    for (const piece of inPieces(lines, pieceSize)) await takeLines(tx, piece);
    await moveLogHead(tx, head + lines.length);
    return { rows: rows.length, lines: lines.length };
  });
}

/** Nobody here has read what was approved there, and no licence was chosen for it. */
function stateHere(there: Takeover['state']): State {
  return there === 'approved' ? 'pending' : there;
}

/** Those that stand here as they did when they were planned. */
async function standing(tx: Db, planned: readonly Takeover[]): Promise<Takeover[]> {
  const left: Takeover[] = [];
  for (const piece of inPieces(planned, pieceSize)) {
    const here = await listHere(
      tx,
      piece.map(({ row }) => row.gistId),
    );
    left.push(...piece.filter(({ row, lastSeq }) => (here.get(row.gistId)?.lastSeq ?? null) === lastSeq));
  }
  return left;
}

async function keysOf(tx: Db, takeovers: readonly Takeover[]): Promise<Map<string, string>> {
  const accounts = new Map(takeovers.flatMap((each) => each.accounts).map((each) => [each.githubId, each]));
  const keys = new Map<string, string>();
  for (const piece of inPieces([...accounts.values()], pieceSize)) {
    for (const [githubId, key] of await takeAccounts(tx, piece)) keys.set(githubId, key);
  }
  return keys;
}

function keyOf(accountIds: ReadonlyMap<string, string>, githubId: string): string {
  const key = accountIds.get(githubId);
  if (key === undefined) throw new Error('an account was neither made nor found');
  return key;
}

function linesOf(
  { row: { gistId, revision }, state, moves }: Takeover,
  accountIds: ReadonlyMap<string, string>,
  now: Date,
): Omit<TakenLine, 'seq'>[] {
  const past = moves.map(({ by, ...move }) => ({
    ...move,
    gistId,
    revision,
    accountId: by === null ? null : keyOf(accountIds, by),
  }));
  const taken = { move: 'import', at: now, from: state, to: stateHere(state) } as const;
  return [...past, { ...taken, gistId, revision, accountId: null, reason: null, note: null }];
}

/** The lines of each gist come in the order of their times, and stay in it. */
function numbered(lines: readonly Omit<TakenLine, 'seq'>[], head: number): TakenLine[] {
  return lines
    .toSorted((a, b) => isTaken(a) - isTaken(b) || a.at.getTime() - b.at.getTime())
    .map((line, i) => ({ ...line, seq: head + 1 + i }));
}

const isTaken = ({ move }: Pick<TakenLine, 'move'>): number => (move === 'import' ? 1 : 0);
