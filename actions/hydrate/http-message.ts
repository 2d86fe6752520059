/** Status and headers of an answer. */
export interface Head {
  status: number;
  /** By their names in lower case. */
  headers: ReadonlyMap<string, string>;
  /** The connection takes no other request. */
  isLast: boolean;
}

/** Takes what a body is made of; false where no more can be taken right now. */
interface Taker {
  piece(piece: Buffer): boolean;
}

/** A body as it comes. */
export interface Bodies {
  /** Hands on what is of the body. `rest` is the number of bytes after its end. Throws where it is not as HTTP has it. */
  take(bytes: Buffer, taker: Taker): { rest: number; isWhole: boolean; goOn: boolean };
  endsWithConnection: boolean;
}

/** Reads a head without the blank line after it, https://www.rfc-editor.org/rfc/rfc9112#section-4. Throws where it is none. */
export function headIn(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, version, status] = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(first) ?? [];
  if (status === undefined) throw new Error('The answer is no HTTP.');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon < 1 || /[\s\0]/.test(name)) throw new Error('A header of the answer is none.');
    const before = headers.get(name);
    if (before !== undefined && before !== value && name === 'content-length') {
      throw new Error('The answer has two lengths.');
    }
    headers.set(name, before === undefined || before === value ? value : `${before}, ${value}`);
  }
  const isLast = version === '0' || /\bclose\b/i.test(headers.get('connection') ?? '');
  return { status: Number(status), headers, isLast };
}

/** How the body after a head is sent, https://www.rfc-editor.org/rfc/rfc9112#section-6.3. Throws where nobody can tell. */
export function bodyOf({ status, headers }: Head): Bodies {
  const coding = headers.get('transfer-encoding')?.toLowerCase();
  const length = headers.get('content-length');
  if (status === 204 || status === 304) return counted(0);
  if (coding !== undefined) {
    if (coding !== 'chunked' || length !== undefined)
      throw new Error('The answer is sent in no way we know.');
    return chunked();
  }
  if (length === undefined) return untilEnd;
  if (!/^\d{1,15}$/.test(length)) throw new Error('The length of the answer is none.');
  return counted(Number(length));
}

function counted(length: number): Bodies {
  let left = length;
  return {
    endsWithConnection: false,
    take(bytes, taker) {
      const own = Math.min(left, bytes.length);
      left -= own;
      const goOn = own === 0 || taker.piece(bytes.subarray(0, own));
      return { rest: bytes.length - own, isWhole: left === 0, goOn };
    },
  };
}

const untilEnd: Bodies = {
  endsWithConnection: true,
  take: (bytes, taker) => ({
    rest: 0,
    isWhole: false,
    goOn: bytes.length === 0 || taker.piece(bytes),
  }),
};

/** A line of a chunk's size, or of a trailer, is short. */
const mostLine = 4096;

/** https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
function chunked(): Bodies {
  let state: 'size' | 'bytes' | 'after' | 'trailer' = 'size';
  let left = 0;
  let line = '';

  /** The line that ends in these bytes; null where it goes on after them. */
  function lineIn(bytes: Buffer, from: number): { text: string; next: number } | null {
    const end = bytes.indexOf(0x0a, from);
    line += bytes.toString('latin1', from, end === -1 ? bytes.length : end);
    if (line.length > mostLine) throw new Error('A chunk of the answer does not begin.');
    if (end === -1) return null;
    const text = line.replace(/\r$/, '');
    line = '';
    return { text, next: end + 1 };
  }

  return {
    endsWithConnection: false,
    take(bytes, taker) {
      let goOn = true;
      let at = 0;
      while (at < bytes.length) {
        if (state === 'bytes') {
          const own = Math.min(left, bytes.length - at);
          goOn = taker.piece(bytes.subarray(at, at + own)) && goOn;
          at += own;
          left -= own;
          if (left === 0) state = 'after';
          continue;
        }
        const found = lineIn(bytes, at);
        if (found === null) break;
        at = found.next;
        if (state === 'trailer') {
          if (found.text === '') return { rest: bytes.length - at, isWhole: true, goOn };
        } else if (state === 'after') {
          if (found.text !== '') throw new Error('A chunk of the answer does not end.');
          state = 'size';
        } else {
          const [, size] = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i.exec(found.text) ?? [];
          if (size === undefined) throw new Error('A chunk of the answer has no size.');
          left = Number.parseInt(size, 16);
          state = left === 0 ? 'trailer' : 'bytes';
        }
      }
      return { rest: 0, isWhole: false, goOn };
    },
  };
}
