/** Anything that answers SQL: the database, one connection of it, or an open transaction. */
export interface Db {
  /**
   * Runs one statement. Without values the text may hold several statements; the last one's answer is returned.
   * bigint columns come back as strings, timestamptz as Date.
   */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number }>;
}

/** An open transaction. */
export interface Transaction extends Db {
  /**
   * The rows of a query as COPY writes them in its text format, as they come: a piece may end in the middle of a row.
   * The query takes no parameters, and no other statement may run before the last piece; to stop earlier costs the
   * connection. https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
   */
  copy(select: string): AsyncIterable<Buffer>;
}

export type TransactionMode = 'read committed' | 'repeatable read read only';

/** PostgreSQL, behind a pool: a real server, or the embedded one. */
export interface Database extends Db {
  readonly kind: 'server' | 'embedded';
  /** Runs work in one transaction on one connection; rolls back when work throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>, mode?: TransactionMode): Promise<T>;
  /** One connection for the length of work (session locks, cursors); closed instead of reused when work throws. */
  connection<T>(work: (connection: Db & { transaction: Database['transaction'] }) => Promise<T>): Promise<T>;
  /** Connections that are open, those of them that nobody uses, and who waits for one. */
  connections(): { open: number; idle: number; waiting: number };
  /** Waits for the connections in use; asking twice is fine. */
  close(): Promise<void>;
}

/** Where the database plumbing reports what nobody awaits. A pino logger fits. */
export interface DatabaseLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}
