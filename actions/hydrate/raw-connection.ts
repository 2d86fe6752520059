import { connect, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type Bodies, bodyOf, type Head, headIn } from './http-message.ts';
import type { RawHost } from './raw-address.ts';

/** Who is told of an answer. Pieces are only what they are during the call. */
interface Receiver {
  head(head: Head): void;
  /** False where no more can be taken right now; see `resume`. */
  piece(piece: Buffer): boolean;
  /** The answer is whole. */
  end(): void;
  /** It will not be. */
  broke(error: Error | null): void;
}

/** A connection that asks for one file at a time. */
export interface Connection {
  ask(path: string, receiver: Receiver): void;
  /** Goes on after a piece that could not be taken. */
  resume(): void;
  close(): void;
}

/** No head of an answer is longer. */
const mostHead = 16 * 1024;
const pieceBytes = 64 * 1024;
const blankLine = '\r\n\r\n';

/**
 * Opens a connection: as much of HTTP/1.1 as it takes to read files, https://www.rfc-editor.org/rfc/rfc9112, into one buffer
 * that is used again and again. Node's own client makes a new one for each piece, and takes several times as long for all
 * that a file does not need. `free` is told when the next file may be asked for, `gone` when none can be.
 */
export function openConnection(host: RawHost, { free, gone }: { free(): void; gone(): void }): Connection {
  const { hostname, port, secure } = host;
  const bracketed = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  const isUsual = port === (secure ? 443 : 80);
  const headers = `host: ${isUsual ? bracketed : `${bracketed}:${port}`}\r\naccept-encoding: gzip\r\nuser-agent: openagentsessions\r\n\r\n`;
  let receiver: Receiver | null = null;
  let head = '';
  let body: Bodies | null = null;
  let isLast = false;

  const lose = (error: Error | null) => {
    const told = receiver;
    receiver = null;
    socket.destroy();
    told?.broke(error);
  };

  /** What follows the head, in the bytes that have come; true while more can be taken. */
  function take(bytes: Buffer): boolean {
    if (receiver === null || body === null) return true;
    const { rest, isWhole, goOn } = body.take(bytes, receiver);
    if (!isWhole) return goOn;
    const told = receiver;
    receiver = null;
    body = null;
    head = '';
    // Bytes that nobody asked for: what follows cannot be trusted to be an answer.
    if (isLast || rest > 0) socket.destroy();
    else free();
    told.end();
    return true;
  }

  function came(bytes: Buffer): boolean {
    if (receiver === null) {
      socket.destroy();
      return true;
    }
    try {
      return body === null ? begin(bytes) : take(bytes);
    } catch (error) {
      lose(error instanceof Error ? error : null);
      return true;
    }
  }

  function begin(bytes: Buffer): boolean {
    const before = head.length;
    head += bytes.toString('latin1', 0, Math.min(bytes.length, mostHead));
    const end = head.indexOf(blankLine);
    if (end === -1) {
      if (head.length >= mostHead) throw new Error('The head of the answer does not end.');
      return true;
    }
    const found = headIn(head.slice(0, end));
    const rest = bytes.subarray(end + blankLine.length - before);
    head = '';
    // An answer before the answer, https://www.rfc-editor.org/rfc/rfc9110#section-15.2
    if (found.status < 200) return rest.length === 0 || begin(rest);
    body = bodyOf(found);
    isLast = found.isLast;
    receiver?.head(found);
    return take(rest);
  }

  const options = {
    host: hostname,
    port,
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(pieceBytes),
      callback: (length: number, buffer: Uint8Array) =>
        came(Buffer.from(buffer.buffer, buffer.byteOffset, length)),
    },
    ALPNProtocols: ['http/1.1'],
    ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
  };
  const socket = secure ? connectSecurely(options) : connect(options);
  socket.on('error', lose);
  socket.on('end', () => {
    // The end of the connection is the end of an answer that does not tell its length.
    if (body?.endsWithConnection === true) {
      const told = receiver;
      receiver = null;
      socket.destroy();
      told?.end();
    } else lose(null);
  });
  socket.on('close', () => {
    lose(null);
    gone();
  });
  return {
    ask(path, next) {
      receiver = next;
      socket.write(`GET ${path} HTTP/1.1\r\n${headers}`, 'latin1');
    },
    resume: () => socket.resume(),
    close: () => lose(null),
  };
}
