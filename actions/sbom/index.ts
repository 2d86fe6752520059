import { runJob } from '../job.ts';
import { run } from './run.ts';

await runJob('sbom', {
  description:
    'Writes the packages that the site is installed with, their versions and hashes, as a CycloneDX list.',
  flags: {
    output: { type: 'string', value: 'FILE', description: 'Where to (default: sbom.cdx.json)' },
  },
  async run({ flags }) {
    const output = flags.output ?? 'sbom.cdx.json';
    const packages = await run(process.cwd(), output);
    return { ok: true, lines: [`${output}: ${packages} packages`], summary: { output, packages } };
  },
});
