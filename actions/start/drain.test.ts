import { once } from 'node:events';
import { Agent, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { drain } from './drain.ts';
import { createSiteServer } from './server.ts';

/** A server whose requests stay open until the test answers them. */
async function serve() {
  const open: ServerResponse[] = [];
  const state = { draining: false };
  let came = (): void => undefined;
  const server = createSiteServer(
    (_, response) => {
      open.push(response);
      came();
    },
    () => state.draining,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  return {
    open,
    state,
    server,
    async until(count: number) {
      while (open.length < count)
        await new Promise<void>((resolve) => {
          came = resolve;
        });
    },
    /** Asks on a connection that is kept open for the next. */
    ask: () =>
      new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
        request({ port, host: '127.0.0.1', agent }, (answer) => {
          const { statusCode: status, headers } = answer;
          answer.resume().on('end', () => resolve({ status, connection: headers.connection }));
        })
          .on('error', reject)
          .end();
      }),
  };
}

test('a request that was open is answered, and the server ends though its connection is kept', async () => {
  const site = await serve();
  const answer = site.ask();
  await site.until(1);
  site.state.draining = true;
  const drained = drain(site.server, 0);
  await expect.poll(() => site.server.listening).toBe(false);
  site.open[0]?.end('here');
  expect((await answer).status).toBe(200);
  await drained;
});

test('until the proxy has noticed, requests are taken, and told to connect elsewhere next time', async () => {
  const site = await serve();
  site.state.draining = true;
  const drained = drain(site.server, 1);
  const answer = site.ask();
  await site.until(1);
  site.open[0]?.end('here');
  expect(await answer).toEqual({ status: 200, connection: 'close' });
  await drained;
  await expect(site.ask()).rejects.toThrow('ECONNREFUSED');
});

test('while nothing ends, connections are kept', async () => {
  const site = await serve();
  const answer = site.ask();
  await site.until(1);
  site.open[0]?.end('here');
  expect(await answer).toEqual({ status: 200, connection: 'keep-alive' });
});
