import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { DatabaseLog } from '../db.ts';
import { Turn } from './turn.ts';
import { converse, type WireService } from './wire-conversation.ts';
import { fatalError, WireRefusal } from './wire-messages.ts';

export interface WireServer {
  readonly port: number;
  /** Serves what is waiting (5 seconds at most), then closes every connection. The PGlite instance stays open. */
  close(): Promise<void>;
}

export interface WireServerOptions {
  /** The password every client must give. */
  token: string;
  log: DatabaseLog;
  /** Milliseconds a client may sit idle inside a transaction, where nobody else gets a turn. */
  idleInTransaction?: number;
  /** Bytes of one message, and of all messages sent before one Sync. */
  messageLimit?: number;
}

/**
 * Serves PostgreSQL's wire protocol on a free port of 127.0.0.1. PGlite is one session without connections, so clients
 * take turns. A turn is a whole batch of messages: when it was a message, as in @electric-sql/pglite-socket, two
 * clients with 200 kB parameters got each other's rows.
 * What it cannot give: named statements, settings and advisory locks are one set for the clients that are connected.
 */
export async function serveWire(db: PGlite, options: WireServerOptions): Promise<WireServer> {
  const { token, log, idleInTransaction = 30_000, messageLimit = 64 * 1024 * 1024 } = options;
  const version = await db.query<{ server_version: string }>('show server_version');
  const serverVersion = version.rows[0]?.server_version ?? '';
  const turn = new Turn();
  const service: WireService = {
    ...{ db, turn, token, serverVersion, log, idleInTransaction, messageLimit },
    closed: false,
  };
  const sockets = new Set<Socket>();

  const server = createServer({ noDelay: true }, async (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    try {
      await converse(socket, service);
    } catch (error) {
      if (!(error instanceof WireRefusal)) {
        log.warn({ reason: String(error) }, 'a connection to the embedded database failed');
      }
      const refusal =
        error instanceof WireRefusal ? error : new WireRefusal('58000', 'the embedded database failed');
      socket.write(fatalError(refusal.sqlState, refusal.message));
    }
    socket.destroySoon();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The embedded server has no port.');

  return {
    port: address.port,
    async close() {
      server.close();
      const patience = new AbortController();
      const tired = sleep(5_000, undefined, patience).catch(() => undefined);
      await Promise.race([turn.take(), tired]);
      patience.abort();
      service.closed = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
