import { countStrayRows, lastLogNumber, listLoggedMoves } from '#sql/testing-moves.ts';
import { openServer } from '../../bench/open-server.ts';
import type { Measured } from '../measured.ts';
import type { Ledger } from './ledger.ts';
import { settle } from './settle.ts';

/** What the log had before anybody came. */
export async function logNumberNow(databaseUrl: string): Promise<number> {
  const db = openServer(databaseUrl);
  return await lastLogNumber(db).finally(() => db.close());
}

/** Holds everything visitors were told against the database, when all is quiet. `since` is the log's number before they came. */
export async function giveAccount(databaseUrl: string, ledger: Ledger, since: number): Promise<Measured[]> {
  const db = openServer(databaseUrl);
  try {
    const log = await listLoggedMoves(db, since);
    const settled = settle(ledger.entries(), log);
    const head = await lastLogNumber(db);
    const most = { most: 0 };
    const line = (metric: string, value: number, goal: Measured['goal'] = null) => ({
      metric,
      unit: 'moves',
      value,
      goal,
    });
    return [
      line('account: answered with 2xx', settled.promised, { least: 1 }),
      line('account: lines in the log', log.length),
      line('account: answered with 2xx and not in the database', settled.lost, most),
      line('account: in the database twice, or asked for by nobody', settled.doubled, most),
      line('account: without a clear answer', settled.unknown.asked),
      line('account: of those, done all the same', settled.unknown.done),
      // One is taken and not used where the same gist is offered twice at the same moment.
      line('account: numbers that the log skips', head - since - log.length),
      {
        metric: 'account: rows that do not stand where the log left them',
        unit: 'rows',
        value: await countStrayRows(db),
        goal: most,
      },
    ];
  } finally {
    await db.close();
  }
}
