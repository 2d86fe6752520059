import '../no-telemetry.ts';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '#domain/environment.ts';
import { npmWith } from '../pack/npm.ts';
import { runProgram } from '../program.ts';
import { run } from './run.ts';

await runProgram('build', {
  description: [
    'Builds the site into dist/, from the newest export in DATASET_OUTPUT_DIR (default .dataset). SITE_URL is the',
    'address people will see. The package of the command line goes beside the pages.',
  ].join('\n'),
  flags: {},
  async main({ env }) {
    const environment = readEnvironment('build', env, ['SITE_URL']);
    for (const warning of environment.warnings) process.stderr.write(`${warning}\n`);
    process.env.SITE_URL = environment.siteUrl ?? 'http://127.0.0.1:4321';
    process.env.DATASET_OUTPUT_DIR = environment.datasetOutputDir;
    process.env.REPOSITORY_URL = environment.repositoryUrl ?? '';
    process.env.GITHUB_API_URL = environment.github.apiUrl;
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { repositoryUrl, github } = environment;
    await run({ root, repositoryUrl, github }, npmWith(env));
    return undefined;
  },
});
