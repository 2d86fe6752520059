import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ListedRow } from '../copy/listed-row.ts';

/** Answers a request in its own way; `content` is what a good host would answer with. */
export type Behaviour = (response: ServerResponse, content: Buffer, request: IncomingMessage) => void;

export interface RawHost {
  origin: string;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** Requests that wait for an answer right now. */
  open(): number;
  /** From now on these paths are answered so: by a part of them. */
  behave(part: string, behaviour: Behaviour): void;
  headers(): IncomingMessage['headers'][];
}

export const good: Behaviour = (response, content) => {
  response.end(content);
};

/** A raw host of the test's own, which serves these contents by their git blob sha, or misbehaves. */
export async function startHost(contents: ReadonlyMap<string, Buffer>): Promise<RawHost> {
  const behaviours: [string, Behaviour][] = [];
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let waiting = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    headers.push(request.headers);
    waiting += 1;
    response.on('close', () => {
      waiting -= 1;
    });
    const content = contents.get(path.split('/')[4] ?? '');
    const [, behaviour = good] = behaviours.findLast(([part]) => path.includes(part)) ?? [];
    if (content === undefined) response.writeHead(404).end();
    else behaviour(response, content, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    asked,
    headers: () => headers,
    open: () => waiting,
    behave: (part, behaviour) => void behaviours.push([part, behaviour]),
  };
}

/** What a good host would serve of these gists. */
export function contentsOf(
  gists: readonly { row: ListedRow; files: Record<string, string | Buffer> }[],
): Map<string, Buffer> {
  return new Map(
    gists.flatMap(({ row, files }) =>
      row.files.map(({ name, git_blob_sha }) => [git_blob_sha, Buffer.from(files[name] ?? '')] as const),
    ),
  );
}
