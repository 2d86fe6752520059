import type { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import type { DatabaseLog } from '../db.ts';
import type { Turn } from './turn.ts';
import { admit } from './wire-admission.ts';
import { fatalError, messageTooLarge, readMessages, serverMessage, WireRefusal } from './wire-messages.ts';

/** What all conversations of one server share. */
export interface WireService {
  db: PGlite;
  turn: Turn;
  token: string;
  serverVersion: string;
  log: DatabaseLog;
  idleInTransaction: number;
  messageLimit: number;
  /** Set when the database is about to close. */
  closed: boolean;
}

const [query, parse, sync, flush, call, terminate] = [...'QPSHFX'].map((letter) => letter.charCodeAt(0));

/**
 * Talks with one client until it leaves. What it sends is collected up to a message that wants an answer, and run as
 * one batch in an exclusive turn; the turn lasts while a transaction is open.
 * @throws WireRefusal with what the client is to be told
 */
export async function converse(socket: Socket, service: WireService): Promise<void> {
  const { db, turn, log, idleInTransaction, messageLimit } = service;
  const messages = readMessages(socket, messageLimit);
  if (!(await admit(socket, messages, service))) return;
  let endTurn: (() => void) | undefined;
  let idle: NodeJS.Timeout | undefined;
  let batch: Buffer[] = [];
  try {
    for (;;) {
      const message = await messages.typed();
      if (!message || message[0] === terminate) return;
      refuseCopyIn(message);
      batch.push(message);
      if (batch.reduce((bytes, { length }) => bytes + length, 0) > messageLimit) throw messageTooLarge();
      const [type] = message;
      if (type !== query && type !== sync && type !== flush && type !== call) continue;

      endTurn ??= await turn.take();
      clearTimeout(idle);
      if (service.closed) return;
      socket.cork();
      await run(db, Buffer.concat(batch), (bytes) => socket.write(bytes));
      socket.uncork();
      batch = [];
      if (type !== flush && !db.isInTransaction()) {
        endTurn();
        endTurn = undefined;
      } else {
        idle = setTimeout(() => {
          log.warn({ milliseconds: idleInTransaction }, 'cut off a client that sat idle in a transaction');
          socket.write(fatalError('25P03', 'terminating connection due to idle-in-transaction timeout'));
          socket.destroy();
        }, idleInTransaction);
      }
      if (socket.writableNeedDrain) await drained(socket);
    }
  } finally {
    clearTimeout(idle);
    endTurn ??= await turn.take();
    if (!service.closed) for (const message of leaving) await run(db, message, () => undefined);
    endTurn();
  }
}

/** Resolves when what was written has left, or the client has. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off('drain', settle).off('close', settle);
      resolve();
    };
    socket.on('drain', settle).on('close', settle);
    if (socket.closed) settle();
  });
}

/**
 * The next client finds a fresh session: no open transaction, setting, prepared statement, lock or temp table.
 * Sync ends whatever this one left half said.
 */
const leaving = [serverMessage('S'), serverMessage('Q', 'rollback'), serverMessage('Q', 'discard all')];

async function run(db: PGlite, batch: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void> {
  // The bytes are a view into PGlite's memory, which the next statement overwrites.
  await db.execProtocolRawStream(batch, { onRawData: (bytes) => answer(bytes.slice()) });
}

/** PGlite would wait for the rows to copy without letting this process read them. */
function refuseCopyIn(message: Buffer): void {
  const hasText = message[0] === query || message[0] === parse;
  if (hasText && /\bcopy\b[^;]*\bfrom\s+stdin\b/i.test(message.toString('latin1'))) {
    throw new WireRefusal('0A000', 'COPY FROM STDIN needs a PostgreSQL server');
  }
}
