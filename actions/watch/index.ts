import { readEnvironment } from '#domain/environment.ts';
import { JobFailure } from '../failure.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'watch';

await runJob(script, {
  description: [
    'Looks at the site of SITE_URL, its certificate, what is published at DATASET_ADDRESS and the scheduled workflows of',
    'GITHUB_REPOSITORY. While anything is wrong it fails, and an issue with the label alert says what. GITHUB_TOKEN needs',
    'issues: write and actions: read.',
  ].join('\n'),
  flags: {
    'dry-run': { type: 'boolean', description: 'Say what is wrong, and open or close no issue' },
  },
  async run({ flags, env, progress, log }) {
    const toTell = flags['dry-run'] ? [] : (['GITHUB_REPOSITORY', 'GITHUB_TOKEN'] as const);
    const environment = readEnvironment(script, env, ['SITE_URL', ...toTell]);
    for (const warning of environment.warnings) log(warning);
    const { siteUrl: site, datasetAddress: dataset, repository, releaseToken: token, github } = environment;
    if (site === null) throw new JobFailure('SITE_URL is not set. Set it, see .env.example.');
    const access =
      repository === null || token === null ? null : { apiUrl: github.apiUrl, repository, token };
    const patience = { tries: 3, pause: 20_000, timeout: 15_000 };
    const runbook = `${environment.repositoryUrl ?? github.serverUrl}/blob/main/docs/operations.md#alerts`;
    const input = { site, dataset, repository: access, runbook, dryRun: flags['dry-run'] };
    return report(await run(input, { now: () => new Date(), patience, progress }));
  },
});
