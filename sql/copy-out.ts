import type pg from 'pg';
import { to } from 'pg-copy-streams';

/** `setTimeout` counts no further. */
const longest = 2 ** 31 - 1;

/**
 * What COPY writes of a query's rows, as it comes. It may take as long as it takes, as long as something comes: after
 * `patience` milliseconds of silence it fails as a query does that gets no answer. A reader that stops early, or fails,
 * takes the connection with it: PostgreSQL would send the rest first.
 */
export async function* copyOut(
  client: pg.PoolClient,
  select: string,
  patience: number,
): AsyncGenerator<Buffer> {
  await client.query('set local statement_timeout = 0');
  // The driver's own time limit counts from here to the end, and is over when this is called.
  const limit = { query_timeout: longest, callback: (): void => undefined };
  const rows = client.query(Object.assign(to(`copy (${select}) to stdout`), limit));
  let waiting = false;
  const silence = setTimeout(() => {
    if (waiting) rows.destroy(new Error('Query read timeout'));
  }, patience);
  let complete = false;
  try {
    const pieces: AsyncIterator<Buffer> = rows[Symbol.asyncIterator]();
    for (;;) {
      silence.refresh();
      waiting = true;
      const { done, value } = await pieces.next();
      waiting = false;
      if (done) break;
      yield value;
    }
    complete = true;
  } finally {
    clearTimeout(silence);
    rows.callback();
    if (!complete) await abandon(client);
  }
  await client.query('set local statement_timeout to default');
}

/** Ends a connection in the middle of an answer. */
function abandon(client: pg.PoolClient): Promise<void> {
  return (client as pg.PoolClient & Pick<pg.Client, 'end'>).end();
}
