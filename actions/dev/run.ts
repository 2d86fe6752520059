import '../no-telemetry.ts';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dev } from 'astro';
import type { Environment } from '#domain/environment.ts';
import { generousLimits } from '#domain/limits.ts';
import { createGitHub } from '#github/client.ts';
import { createLog } from '#runtime/log.ts';
import { provideRuntime } from '#runtime/runtime.ts';
import { createLimiter } from '#sql/limiter.ts';
import { migrate } from '#sql/migrate.ts';
import { openDatabase } from '#sql/open.ts';
import { dataFolderFor, pointToDataFolder } from '../data-folder.ts';
import { listen } from '../listen.ts';
import { followIndex } from './follow-index.ts';
import { front } from './front.ts';
import { removeGitHubFile, writeGitHubFile } from './github-file.ts';
import { type OwnGitHub, startOwnGitHub } from './own-github.ts';
import { developmentSecret } from './secret.ts';
import { seedExamples } from './seed.ts';
import { keepPort, keptPort } from './standin-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface DevInput {
  port: number;
  /** Folder of gists to serve; the bundled examples when undefined. */
  gists: string | undefined;
  environment: Environment;
  print(line: string): void;
}

/** Starts the whole system on 127.0.0.1. Resolves when it answers, to what stops it. */
export async function run({ port, gists, environment, print }: DevInput): Promise<() => Promise<void>> {
  for (const warning of environment.warnings) print(warning);
  await refuseTakenPort(port);
  const siteUrl = `http://127.0.0.1:${port}`;
  const log = createLog('warn');
  const folder = dataFolderFor(gists);
  pointToDataFolder(folder);

  const own = environment.oauthApp === null ? await startOwnGitHub(gists, keptPort(folder), print) : null;
  const github = createGitHub({
    addresses: own?.addresses ?? environment.github,
    oauthApp: own?.oauthApp ?? environment.oauthApp ?? never(),
    log: (message) => log.warn(message),
  });
  const database = await openDatabase({ databaseUrl: environment.databaseUrl, dataDir: folder, log });
  if (own) {
    writeGitHubFile(folder, own);
    keepPort(folder, new URL(own.origin).port);
  }
  const applied = await migrate(database, { directory: join(root, 'sql/migrations'), log });

  const moderatorIds = new Set(environment.moderatorIds);
  if (own) moderatorIds.add(own.moderatorId);
  provideRuntime({
    siteUrl,
    production: false,
    standin: own !== null,
    database,
    limiter: createLimiter(database, generousLimits, log),
    github,
    gistHosts: own ? [new URL(own.addresses.rawUrl).host] : [],
    moderatorIds,
    sessionSecret: environment.sessionSecret ?? developmentSecret(folder),
    log,
    load: null,
    isDraining: () => false,
  });
  process.env.SITE_URL = siteUrl;
  process.env.DATASET_OUTPUT_DIR = environment.datasetOutputDir;
  process.env.REPOSITORY_URL = environment.repositoryUrl ?? '';
  process.env.GITHUB_API_URL = own?.addresses.apiUrl ?? environment.github.apiUrl;
  const site = await dev({
    root,
    logLevel: 'warn',
    server: { host: '127.0.0.1', port },
    vite: {
      plugins: [front],
      server: { strictPort: true, cors: false, watch: { ignored: ['**/.data/**', '**/.dataset/**'] } },
    },
  });

  const marker = join(folder, 'seeded');
  // The folder knows of its own database only; one of DATABASE_URL is seeded when it is new.
  const unseeded = database.kind === 'embedded' ? !existsSync(marker) : applied.length > 0;
  if (own && gists === undefined && unseeded) await seed(siteUrl, own, marker, print);
  await followIndex(database, environment.datasetOutputDir, print);
  print(`\n  openagentsessions.org, for development: ${siteUrl}/\n`);
  if (own)
    print(`  GitHub stand-in: ${own.origin} (sign in as any of its accounts; "moderator" moderates)\n`);

  return async () => {
    await site.stop();
    if (own) removeGitHubFile(folder);
    await database.close();
    await own?.close();
  };
}

/** An index that was never seeded to the end: submitting and approving again what was before changes nothing. */
async function seed(
  siteUrl: string,
  own: OwnGitHub,
  marker: string,
  print: DevInput['print'],
): Promise<void> {
  const counts = await seedExamples(siteUrl, own);
  writeFileSync(marker, '');
  print(`Submitted ${counts.submitted} example gists and approved ${counts.approved} of them.`);
}

/** Astro would take the next free port, and GitHub would send people back to the wrong one. */
async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port, '127.0.0.1');
  probe.close();
  await once(probe, 'close');
}

function never(): never {
  throw new Error('there is neither an OAuth app nor a stand-in');
}
