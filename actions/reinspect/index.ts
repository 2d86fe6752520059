import { type Environment, readEnvironment } from '#domain/environment.ts';
import { createGitHub, type GitHubOptions } from '#github/client.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { readGitHubFile } from '../dev/github-file.ts';
import { JobFailure } from '../failure.ts';
import { FlagError } from '../flags.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'reinspect';
/** Nobody is waiting: GitHub may take its time, in milliseconds. */
const timeoutMs = 30_000;

await runJob(script, {
  description: [
    'Inspects again, oldest first, every approved, pending or changed submission whose gist was not inspected by the',
    'rules of today. An approved one in which a secret is found is suspended, and waits for a moderator.',
    'Can be killed and run again at any moment.',
  ].join('\n'),
  flags: {
    limit: { type: 'string', value: 'N', description: 'Inspect N submissions at most' },
    'dry-run': { type: 'boolean', description: 'Look and count, and write nothing' },
  },
  async run({ flags, env, progress, log, signal }) {
    const limit = flags.limit === undefined ? null : readLimit(flags.limit);
    const dryRun = flags['dry-run'];
    const needed = ['DATABASE_URL', 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'] as const;
    const environment = readEnvironment(script, env, needed);
    for (const warning of environment.warnings) log(warning);
    const { databaseUrl } = environment;
    const dataDir = currentDataFolder();
    const gitHub = gitHubOf(environment, databaseUrl === null ? dataDir : null);
    const db = await openDatabase({
      databaseUrl,
      dataDir,
      log: { info: () => undefined, warn: (_details, message) => log(message) },
      statementTimeout: 60_000,
    });
    try {
      const github = createGitHub({ ...gitHub, log, timeoutMs });
      const tools = { db, github, now: () => new Date(), log, progress, signal };
      return report(await run({ limit, dryRun }, tools), dryRun);
    } finally {
      await db.close();
    }
  },
});

/** GitHub, in the name of our OAuth app; without one, the stand-in of the development that serves the same index. */
function gitHubOf(
  { oauthApp, github: addresses }: Pick<Environment, 'oauthApp' | 'github'>,
  dataDir: string | null,
): Pick<GitHubOptions, 'addresses' | 'oauthApp'> {
  if (oauthApp !== null) return { addresses, oauthApp };
  const standin = dataDir === null ? null : readGitHubFile(dataDir);
  if (standin) return standin;
  throw new JobFailure(
    'GITHUB_CLIENT_ID is not set, and gists are read in its name. Run this beside npm run dev, or set it, see .env.example.',
  );
}

function readLimit(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new FlagError('--limit must be a whole number from 1.');
  return Number(text);
}
