import pg from 'pg';
import { copyOut } from './copy-out.ts';
import type { Database, DatabaseLog, Db, Transaction, TransactionMode } from './db.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

export interface PoolOptions {
  /** postgres://... , or for a server that moves a function asked for it at each connect (user and database stay). */
  url: string | (() => Promise<string>);
  kind: Database['kind'];
  log: DatabaseLog;
  /** Connections at most. */
  size?: number;
  /** Milliseconds a statement may run; 0 for no limit. */
  statementTimeout?: number;
  /** Milliseconds to wait for a connection, new or free. */
  connectTimeout?: number;
}

/**
 * Opens a pool. Nothing connects before the first query. Errors that mean "not now" (a lost server, a full one, a
 * timeout) are told apart from the rest by `isDatabaseUnavailable`.
 */
export function openPool(options: PoolOptions): Database {
  const { url, kind, log, size = 10, statementTimeout = 5_000, connectTimeout = 5_000 } = options;
  const pool = new pg.Pool({
    ...(typeof url === 'string'
      ? { connectionString: url }
      : { Client: clientOf(url), user: 'postgres', database: 'postgres' }),
    max: size,
    application_name: 'openagentsessions',
    // Compiling a statement takes longer here than running it, by seconds where the planner guesses badly.
    options: '-c TimeZone=UTC -c jit=off',
    statement_timeout: statementTimeout,
    // The server cuts a slow statement; this one notices a server that went silent.
    query_timeout: statementTimeout === 0 ? undefined : statementTimeout + 5_000,
    lock_timeout: 4_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: connectTimeout,
    // A connection to the embedded server is the only one and cheap to keep.
    idleTimeoutMillis: kind === 'embedded' ? 0 : 30_000,
    keepAlive: true,
  });
  // Without a listener, losing an idle connection would end the process. The pool has dropped it already.
  pool.on('error', ({ message }) => log.warn({ reason: message }, 'an idle database connection was lost'));

  const lease = async <T>(work: (client: pg.PoolClient) => Promise<T>, keep: (error: unknown) => boolean) => {
    const client = await pool.connect();
    let lost: Error | undefined;
    const onError = (error: Error) => {
      lost = error;
    };
    client.on('error', onError);
    let failed = false;
    try {
      return await work(client);
    } catch (error) {
      failed = !keep(error);
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(lost ?? (failed || client.getTransactionStatus() !== 'I'));
    }
  };
  let closing: Promise<void> | undefined;
  const reusable = (error: unknown) => !isDatabaseUnavailable(error);

  return {
    kind,
    query: (text, values) => lease((client) => dbOf(client).query(text, values), reusable),
    transaction: (work, mode) => lease((client) => inTransaction(client, work, mode), reusable),
    connection: (work) =>
      lease(
        (client) =>
          work({ ...dbOf(client), transaction: (inner, mode) => inTransaction(client, inner, mode) }),
        () => false,
      ),
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** Milliseconds a server may be silent in the middle of a COPY. */
const copyPatience = 60_000;

function dbOf(client: pg.ClientBase): Db {
  return {
    async query(text, values) {
      const answer: pg.QueryResult | pg.QueryResult[] = await client.query(text, values && [...values]);
      const last = Array.isArray(answer) ? answer.at(-1) : answer;
      return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? 0 };
    },
  };
}

async function inTransaction<T>(
  client: pg.PoolClient,
  work: (tx: Transaction) => Promise<T>,
  mode: TransactionMode = 'read committed',
): Promise<T> {
  await client.query(`begin isolation level ${mode}`);
  let result: T;
  try {
    result = await work({ ...dbOf(client), copy: (select) => copyOut(client, select, copyPatience) });
  } catch (error) {
    // A connection that cannot roll back is not idle afterwards, so its lease closes it.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error('A statement of this transaction failed, so it was rolled back.');
  return result;
}

/** A client that asks where the server is when it connects. */
function clientOf(address: () => Promise<string>) {
  return class extends pg.Client {
    override connect(): Promise<pg.Client>;
    override connect(callback: (error: Error) => void): void;
    override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
      const found = address().then((text) => {
        const url = new URL(text);
        this.host = url.hostname;
        this.port = Number(url.port);
        this.password = url.password;
      });
      if (!callback) return found.then(() => super.connect());
      found.then(() => super.connect(callback), callback);
      return undefined;
    }
  };
}
