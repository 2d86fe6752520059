import type { AsyncBuffer } from 'hyparquet';
import { BrowseTrouble } from './trouble.ts';

const gone = 'The list was replaced by a newer one while you looked at it. Load this page again.';

/** A file of a web server, `bytes` long, read by ranges. https://www.rfc-editor.org/rfc/rfc9110#section-14 */
export function httpFile(address: string, bytes: number): AsyncBuffer {
  // From a server that gave all of it, nothing is asked for again.
  let whole: ArrayBuffer | null = null;
  return {
    byteLength: bytes,
    async slice(start, end = bytes) {
      if (whole !== null) return whole.slice(start, end);
      const response = await fetchList(address, { range: `bytes=${start}-${end - 1}` });
      if (response.status === 200) {
        whole = await wholeOf(response, bytes);
        return whole.slice(start, end);
      }
      if (response.status === 416) throw damaged();
      const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
      if (total !== undefined && Number(total) !== bytes) throw damaged();
      const part = await response.arrayBuffer().catch(unreachable);
      if (part.byteLength !== end - start) throw damaged();
      return part;
    },
  };
}

/** Most bytes that are fetched for a part of them, from a server that gives only the whole. */
const mostWhole = 4_000_000;

/** A server without ranges gives the whole file. A small one will do; of a large one too much would come. */
async function wholeOf(response: Response, bytes: number): Promise<ArrayBuffer> {
  if (bytes > mostWhole) {
    await response.body?.cancel();
    throw new BrowseTrouble(
      'This server does not give parts of a file (HTTP range requests), and the whole list is too large to fetch. Whoever runs it can switch them on; until then, use the pages of newest sessions.',
    );
  }
  const whole = await response.arrayBuffer().catch(unreachable);
  if (whole.byteLength !== bytes) throw damaged();
  return whole;
}

/** Asks a server for a file of the list. Throws BrowseTrouble where neither the file nor a word on its range comes. */
export async function fetchList(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(address, { headers }).catch(unreachable);
  const { status } = response;
  if (status === 404 || status === 410) throw new BrowseTrouble(gone);
  if (status === 200 || status === 206 || status === 416) return response;
  throw new BrowseTrouble(`The server answered ${status} where the list is. Try again in a moment.`, true);
}

function unreachable(): never {
  throw new BrowseTrouble(
    'The list could not be fetched. Look whether you are connected, then try again.',
    true,
  );
}

function damaged(): BrowseTrouble {
  return new BrowseTrouble(
    'The list on this server is cut off, or does not fit this page. Load the page again; if that does not help, whoever runs the site must build it again.',
  );
}
