import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

/** The addresses of gists' files. */
export const rawFiles = '**/raw/**';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Lets a page read gists' files from a host that answers as it likes, also in ways GitHub never should. Ends with the test. */
export async function rawHost(
  page: Page,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<void> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await page.route(rawFiles, (route) => route.continue({ url: `http://127.0.0.1:${port}/raw` }));
}
