import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesText } from '#domain/bytes-text.ts';
import { readEnvironment } from '#domain/environment.ts';
import { runJob } from '../job.ts';
import { npmWith } from './npm.ts';
import { publish } from './publish.ts';
import { run } from './run.ts';

const script = 'command:pack';
const defaultOutput = '.command';

await runJob(script, {
  description: [
    'Builds the npm package of the command line, openagentsessions: DIR/package/, and DIR/openagentsessions-<version>.tgz',
    'made of it. All it needs is in it, so it installs without a network. The same tree gives the same bytes.',
  ].join('\n'),
  flags: {
    output: { type: 'string', value: 'DIR', description: `Where it goes (default: ${defaultOutput})` },
    publish: { type: 'boolean', description: 'Give it to npm; in GitHub Actions, which npm must trust' },
  },
  async run({ flags, env, progress, signal }) {
    const { repositoryUrl } = readEnvironment(script, env);
    const npm = npmWith(env, signal);
    progress('building the package');
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const output = resolve(flags.output ?? defaultOutput);
    const packed = await run({ root, output, repositoryUrl }, npm);
    const tag = env.GITHUB_REF_TYPE === 'tag' ? (env.GITHUB_REF_NAME ?? null) : null;
    if (flags.publish) await publish(packed, { tag }, npm);
    const { version, tarball, bytes, sha256 } = packed;
    return {
      ok: true,
      lines: [
        `${flags.publish ? 'Published' : 'Packed'} openagentsessions ${version}: ${bytesText(bytes)}.`,
        `sha256 ${sha256}`,
        tarball,
      ],
      summary: { published: flags.publish, version, tarball, bytes, sha256 },
    };
  },
});
