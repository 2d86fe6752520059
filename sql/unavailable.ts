/** Thrown where no connection can be had and no driver error says so. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /** SQLSTATE cannot_connect_now. */
  readonly code = '57P03';
}

/** SQLSTATE codes, https://www.postgresql.org/docs/current/errcodes-appendix.html; two letters name a class. */
const sqlStates = [
  '08', // connection exceptions
  '40', // deadlock, serialization failure
  '53', // too many connections, out of memory, disk full
  '57P', // shutting down, starting up, crashed, idle connection closed
  '57014', // statement_timeout
  '55P03', // lock_timeout
  '25P03', // idle_in_transaction_session_timeout
];

const socketCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** The driver gives these no code. */
const driverMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
];

/** True when an error means that the database cannot answer now, and asking again later may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return driverMessages.some((message) => error.message.startsWith(message));
  return (
    socketCodes.includes(code) || (code.length === 5 && sqlStates.some((state) => code.startsWith(state)))
  );
}
