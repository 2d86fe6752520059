import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '#domain/environment.ts';
import { freshDatabase } from '#sql/testing.ts';
import { readCount, readPort } from '../flags.ts';
import { runJob } from '../job.ts';
import { run } from './run.ts';
import { table, verdict } from './table.ts';

/** An address of this machine that is nobody's usual one. */
const host = '127.0.0.135';

await runJob('observatory', {
  description: [
    `Serves the built site at https://${host}/, with an index that is empty, and has MDN's HTTP Observatory scan every`,
    'kind of its answers. Needs ports 80 and 443 of that address, openssl and npm; run npm run build first.',
  ].join('\n'),
  flags: {
    least: {
      type: 'string',
      value: 'N',
      description: 'Fail where an answer has fewer points (default 135; 10 less for pictures)',
    },
    port: { type: 'string', value: 'N', description: 'Port of the site behind TLS (default 4355)' },
  },
  async run({ flags, env, progress }) {
    const least = readCount('--least', flags.least ?? '135');
    const port = readPort('--port', flags.port ?? '4355');
    const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-observatory-'));
    const database = await freshDatabase();
    try {
      const environment = readEnvironment('bench', {
        DATABASE_URL: database.url,
        SITE_URL: `https://${host}`,
        SESSION_SECRET: 'nobody signs in while this is scanned',
        GITHUB_CLIENT_ID: 'observatory',
        GITHUB_CLIENT_SECRET: 'observatory',
        MODERATOR_GITHUB_IDS: '1',
        DATASET_ADDRESS: 'https://bucket.test',
        TRUSTED_PROXIES: '127.0.0.1',
      });
      const scanned = await run({ environment, host, port, folder, env, progress });
      const poor = scanned.filter(({ score, shown }) => score < (shown ? least - 10 : least));
      return {
        ok: true,
        lines: [...table(scanned), verdict(scanned, poor, least)],
        summary: { least, scanned },
        exitCode: poor.length > 0 ? 1 : 0,
      };
    } finally {
      await database.close();
      await rm(folder, { recursive: true });
    }
  },
});
