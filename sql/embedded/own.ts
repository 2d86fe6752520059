import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { DatabaseLog } from '../db.ts';
import { type FileLock, takeFileLock } from '../file-lock.ts';
import { removeOwner, writeOwner } from './owner-file.ts';
import { serveWire } from './wire-server.ts';

export interface Ownership {
  readonly port: number;
  readonly token: string;
  /** Closes the database, then lets the next process own it. */
  end(): Promise<void>;
}

/**
 * Makes this process the owner of a data folder's database, which it then serves to every process that reads
 * `owner.json`. Undefined when another process is the owner.
 * @throws when the database cannot be opened
 */
export async function ownDatabase(dataDir: string, log: DatabaseLog): Promise<Ownership | undefined> {
  const lock = takeFileLock(join(dataDir, 'owner.lock'));
  if (!lock) return undefined;
  try {
    return await serveOwned(dataDir, lock, log);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function serveOwned(dataDir: string, lock: FileLock, log: DatabaseLog): Promise<Ownership> {
  // The last owner's address, if it was killed: waiting processes must not try it.
  removeOwner(dataDir);
  const db = await PGlite.create(join(dataDir, 'postgres'));
  const token = randomBytes(24).toString('base64url');
  const server = await serveWire(db, { token, log });
  writeOwner(dataDir, { pid: process.pid, port: server.port, token });
  return {
    port: server.port,
    token,
    async end() {
      removeOwner(dataDir);
      await server.close();
      await db.close();
      lock.release();
    },
  };
}
