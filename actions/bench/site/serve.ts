import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readEnvironment } from '#domain/environment.ts';
import { freshDatabase } from '#sql/testing.ts';
import { run } from '../../start/run.ts';

/**
 * Started by the benchmarks in a process of its own: `ours` is what `npm start` serves, `peer` the bare minimum. An origin
 * that follows `ours` stands for GitHub's API and its raw files.
 */
const print = (line: string) => process.stdout.write(`${line}\n`);

const [which, gists] = process.argv.slice(2);
if (which === 'ours') {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));

  const database = await freshDatabase();
  const environment = readEnvironment('bench', {
    DATABASE_URL: database.url,
    SITE_URL: `http://127.0.0.1:${port}`,
    SESSION_SECRET: 'nobody signs in while this is measured',
    GITHUB_CLIENT_ID: 'bench',
    GITHUB_CLIENT_SECRET: 'bench',
    MODERATOR_GITHUB_IDS: '1',
    GITHUB_API_URL: gists,
    GIST_RAW_URL: gists,
  });
  const stop = await run({ environment, port, host: '127.0.0.1', drainSeconds: 0, print });
  process.once('SIGTERM', () => {
    void stop()
      .then(() => database.close())
      .then(() => process.exit(0));
  });
} else {
  const page = readFileSync(new URL('../../../dist/client/index.html', import.meta.url));
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length }).end(page);
  });
  server.listen(0, '127.0.0.1', () => print(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}
