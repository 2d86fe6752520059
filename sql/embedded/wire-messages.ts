import type { Readable } from 'node:stream';

/**
 * The part of PostgreSQL's protocol 3.0 that the embedded server speaks itself,
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export const startupCodes = {
  protocol: 196_608,
  cancel: 80_877_102,
  ssl: 80_877_103,
  gss: 80_877_104,
} as const;

export interface ClientMessages {
  /** The next message without a type byte (the start of a conversation); undefined when the client has gone. */
  untyped(): Promise<Buffer | undefined>;
  /** The next message with its type byte; undefined when the client has gone. */
  typed(): Promise<Buffer | undefined>;
}

/** Ends a conversation, with an SQLSTATE and a sentence for the client. */
export class WireRefusal extends Error {
  readonly sqlState: string;

  constructor(sqlState: string, message: string) {
    super(message);
    this.sqlState = sqlState;
  }
}

export const messageTooLarge = () => new WireRefusal('54000', 'message too large');

/** Cuts what a client sends into whole messages, none longer than `limit` bytes. */
export function readMessages(source: Readable, limit: number): ClientMessages {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  const atLeast = async (bytes: number): Promise<boolean> => {
    const parts = [held];
    let size = held.length;
    while (size < bytes) {
      // A reset connection is a client that has gone, like a closed one.
      const chunk = await chunks.next().catch(() => ({ done: true, value: undefined }) as const);
      if (chunk.done) return false;
      parts.push(chunk.value);
      size += chunk.value.length;
    }
    held = parts.length === 1 ? held : Buffer.concat(parts);
    return true;
  };

  const message = async (typeBytes: 0 | 1): Promise<Buffer | undefined> => {
    if (!(await atLeast(typeBytes + 4))) return undefined;
    const length = held.readUInt32BE(typeBytes);
    if (length < 4 || length > limit) throw messageTooLarge();
    if (!(await atLeast(typeBytes + length))) return undefined;
    const taken = held.subarray(0, typeBytes + length);
    held = held.subarray(typeBytes + length);
    return taken;
  };

  return { untyped: () => message(0), typed: () => message(1) };
}

/** A message with its type letter and length. */
export function serverMessage(type: string, ...parts: (Buffer | string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(`${part}\0`);
      if (typeof part !== 'number') return part;
      const int32 = Buffer.alloc(4);
      int32.writeInt32BE(part);
      return int32;
    }),
  );
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** An error after which the connection is closed. */
export function fatalError(sqlState: string, message: string): Buffer {
  return serverMessage('E', 'SFATAL', 'VFATAL', `C${sqlState}`, `M${message}`, Buffer.alloc(1));
}
