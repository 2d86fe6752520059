import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'astro';
import { readEnvironment } from '#domain/environment.ts';
import { loadDotEnv } from '../dot-env.ts';
import { failureSentence } from '../failure.ts';

const help = `npm run build

Builds the site into dist/, from the newest export in DATASET_OUTPUT_DIR (default .dataset). SITE_URL is the address
people will see.
`;

try {
  loadDotEnv();
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(help);
  } else {
    const environment = readEnvironment('build', process.env, ['SITE_URL']);
    for (const warning of environment.warnings) process.stderr.write(`${warning}\n`);
    process.env.SITE_URL = environment.siteUrl ?? 'http://127.0.0.1:4321';
    process.env.DATASET_OUTPUT_DIR = environment.datasetOutputDir;
    await build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' });
  }
} catch (error) {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`build: ${failureSentence(error) ?? stack}\n`);
  process.exit(1);
}
