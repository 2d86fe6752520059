import { setTimeout as delay } from 'node:timers/promises';
import { type Environment, readEnvironment } from '#domain/environment.ts';
import { openRepository, type ReleaseRepository } from '#github/release-repository.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { readGitHubFile } from '../dev/github-file.ts';
import { JobFailure } from '../failure.ts';
import { FlagError } from '../flags.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'dataset:release';
/** Bytes; GitHub takes assets smaller than 2 GiB. */
const partBytes = 2_000_000_000;

await runJob(script, {
  description: [
    'Makes the newest published snapshot a release on GitHub: a draft, its files, a look at their digests, and only',
    'then public. No release where nothing changed since the last one. Can be killed and run again at any moment.',
  ].join('\n'),
  flags: {
    output: {
      type: 'string',
      value: 'DIR',
      description: 'Where the snapshot’s files are (default: DATASET_OUTPUT_DIR, else .dataset)',
    },
    attestation: { type: 'string', value: 'FILE', description: 'Bundle that attests the snapshot’s files' },
    repository: {
      type: 'string',
      value: 'OWNER/NAME',
      description: 'Whose releases they are (default: GITHUB_REPOSITORY)',
    },
    'dry-run': {
      type: 'boolean',
      description: 'Say whether there is something to release, and write nothing',
    },
  },
  async run({ flags, env, tally, log, signal }) {
    if (flags.repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(flags.repository)) {
      throw new FlagError('--repository must be written OWNER/NAME.');
    }
    const needed = ['DATABASE_URL', 'GITHUB_TOKEN'] as const;
    const environment = readEnvironment(
      script,
      env,
      flags.repository === undefined ? [...needed, 'GITHUB_REPOSITORY'] : needed,
    );
    for (const warning of environment.warnings) log(warning);
    const output = flags.output ?? environment.datasetOutputDir;
    const dataDir = currentDataFolder();
    const repository = repositoryOf(environment, flags.repository, dataDir, log);
    const db = await openDatabase({
      databaseUrl: environment.databaseUrl,
      dataDir,
      log: databaseLog(log),
      statementTimeout: 60_000,
    });
    try {
      const sleep = async (milliseconds: number, until: AbortSignal) => {
        await delay(milliseconds, undefined, { signal: until }).catch(() => until.throwIfAborted());
      };
      const tools = { db, repository, sleep, log, tally, signal };
      const attestation = flags.attestation ?? null;
      const outcome = await run({ output, attestation, partBytes, dryRun: flags['dry-run'] }, tools);
      return report(outcome, { repository: repository.name, output });
    } finally {
      await db.close();
    }
  },
});

/**
 * Where releases go. An index of the stand-in's gists has no business on GitHub: beside development they go to the
 * stand-in, whatever token is set.
 */
function repositoryOf(
  environment: Environment,
  flag: string | undefined,
  dataDir: string,
  log: (line: string) => void,
): ReleaseRepository {
  const repository = flag ?? environment.repository;
  const development = environment.databaseUrl === null ? readGitHubFile(dataDir) : null;
  if (development !== null) {
    const { addresses } = development;
    log(`Releases go to the stand-in of npm run dev, ${addresses.apiUrl}.`);
    return openRepository({ addresses, repository: repository ?? 'moderator/dataset', token: 'development' });
  }
  const token = environment.releaseToken;
  if (repository === null || token === null) {
    throw new JobFailure(
      `${repository === null ? 'GITHUB_REPOSITORY' : 'GITHUB_TOKEN'} is not set, so it is not known where releases go. Run this beside npm run dev, or set both, see .env.example.`,
    );
  }
  return openRepository({ addresses: environment.github, repository, token });
}
