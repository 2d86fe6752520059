import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * A server of the site, with limits to what a connection may take of it. Bodies are 64 KB at most (`functions/http/body.ts`),
 * so a request that is not whole in half a minute will not be.
 */
export function createSiteServer(answer: RequestListener, isDraining: () => boolean): Server {
  return createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      // Longer than any proxy is likely to keep an idle connection, so that it never sends into one that is closing.
      keepAliveTimeout: 130_000,
    },
    (request, response) => {
      // Whoever asks again connects again, and so comes to another process.
      if (isDraining()) response.shouldKeepAlive = false;
      answer(request, response);
    },
  );
}
