import { z } from 'zod';
import type { Database } from '#sql/db.ts';
import {
  accountLists,
  eachMoveElsewhere,
  eachSubmission,
  readAccount,
  readList,
} from '#sql/queries/account-copy.ts';
import { endpoint } from '../../http/endpoint.ts';

/** GET /api/account: all that is stored about the member, as one JSON object to keep; it is sent as it is read. */
export const showAccount = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({}),
  async answer({ member, runtime }) {
    return new Response(streamOf(accountJson(runtime.database, member.accountId)), {
      headers: {
        'cache-control': 'no-store',
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="openagentsessions-account.json"',
      },
    });
  },
});

async function* accountJson(db: Database, accountId: string): AsyncGenerator<string> {
  yield `{"account":${JSON.stringify(await readAccount(db, accountId))}`;
  for (const list of accountLists) yield `,"${list}":${JSON.stringify(await readList(db, accountId, list))}`;
  yield ',"submissions":';
  yield* arrayJson(eachSubmission(db, accountId));
  yield ',"moves_elsewhere":';
  yield* arrayJson(eachMoveElsewhere(db, accountId));
  yield '}\n';
}

async function* arrayJson(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let between = '[';
  for await (const row of rows) {
    yield `${between}\n${JSON.stringify(row)}`;
    between = ',';
  }
  yield between === '[' ? '[]' : '\n]';
}

/** Reads on only as fast as somebody takes it. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(stream) {
      const { done, value } = await texts.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
