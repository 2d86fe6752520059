import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticServer {
  origin: string;
  /** What it has sent so far, headers included. */
  sent(): { bytes: number; requests: number };
  close(): Promise<void>;
}

/** Plain static hosting of a folder: ranges of files as they are, whole ones of text compressed, as web servers do. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    void (async () => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://any').pathname));
      const found = await fileAt(join(folder, path));
      if (found === null || !found.path.startsWith(folder + sep)) return response.writeHead(404).end();
      const type = types[extname(found.path)];
      response.setHeader('content-type', type ?? 'application/octet-stream');
      response.setHeader('accept-ranges', 'bytes');
      response.setHeader('cache-control', 'no-store');
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      if (from !== undefined && to !== undefined) {
        const [start, end] = [Number(from), Math.min(Number(to), found.size - 1)];
        response.writeHead(206, {
          'content-range': `bytes ${start}-${end}/${found.size}`,
          'content-length': end - start + 1,
        });
        return createReadStream(found.path, { start, end }).pipe(response);
      }
      if (type === undefined || found.size > 5e6) return createReadStream(found.path).pipe(response);
      response.setHeader('content-encoding', 'gzip');
      return response.end(gzipSync(await readFile(found.path)));
    })().catch(() => response.writeHead(500).end());
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => ({ bytes: [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0), requests }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function fileAt(path: string): Promise<{ path: string; size: number } | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return { path, size: found.size };
  return found?.isDirectory() ? fileAt(join(path, 'index.html')) : null;
}
