import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, DatabaseLog } from '../db.ts';
import { openPool } from '../pool.ts';
import { DatabaseUnavailable } from '../unavailable.ts';
import { type Ownership, ownDatabase } from './own.ts';
import { readOwner } from './owner-file.ts';

export interface EmbeddedOptions {
  /** The data folder, made when missing; the database is in its folder `postgres`. */
  dataDir: string;
  log: DatabaseLog;
  /** Milliseconds to wait for an owner that does not answer; for one that is starting, four times as long. */
  patience?: number;
}

export type EmbeddedDatabase = Database & {
  /** Whether this process owns the database at the moment; it becomes the owner when the last one has gone. */
  readonly owner: boolean;
};

/**
 * Opens the embedded database of a data folder. One process owns it: the first one, and when that ends, whichever
 * needs the database next. The others talk to the owner. Close it, or the process stays alive.
 * @throws DatabaseUnavailable when another process owns it and does not answer
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, log, patience = 15_000 } = options;
  mkdirSync(dataDir, { recursive: true });
  let ownership: Ownership | undefined;

  const address = async (): Promise<string> => {
    const started = performance.now();
    for (;;) {
      ownership ??= await ownDatabase(dataDir, log);
      if (ownership) return urlOf(ownership);
      const owner = readOwner(dataDir);
      if (owner && (await answers(owner.port))) return urlOf(owner);
      // A starting owner has not written its address yet. A new database takes seconds, on a busy machine many.
      if (performance.now() - started > (owner ? patience : 4 * patience)) {
        const who = owner ? `process ${owner.pid}` : 'another process';
        throw new DatabaseUnavailable(
          `The database in ${dataDir} belongs to ${who}, which does not answer. End that process and try again.`,
        );
      }
      await sleep(50);
    }
  };

  const pool = openPool({
    url: address,
    kind: 'embedded',
    log,
    size: 1,
    // A statement runs to its end here, and one that waits, waits for other processes' transactions.
    statementTimeout: 0,
    connectTimeout: 4 * patience + 60_000,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= pool.close().then(() => ownership?.end());
    return closing;
  };
  try {
    await pool.query('select 1');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...pool,
    close,
    get owner() {
      return ownership !== undefined && closing === undefined;
    },
  };
}

function urlOf({ port, token }: { port: number; token: string }): string {
  return `postgres://postgres:${token}@127.0.0.1:${port}/postgres`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
