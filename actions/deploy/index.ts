import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runJob } from '../job.ts';
import { readLogin } from '../ssh/login.ts';
import { megabytes, run } from './run.ts';

const names = { address: 'DEPLOY_ADDRESS', key: 'DEPLOY_KEY', knownHosts: 'SSH_KNOWN_HOSTS' };

await runJob('deploy', {
  description: [
    'Hands the site that npm run build made over to the server DEPLOY_ADDRESS (user@host:port), where',
    'docs/deploy/receive.sh makes it the current release. The key is DEPLOY_KEY, and SSH_KNOWN_HOSTS has the one key of',
    'the server that is taken.',
  ].join('\n'),
  flags: {
    'dry-run': { type: 'boolean', description: 'Pack, and send nothing' },
  },
  async run({ flags, env, ...call }) {
    const dryRun = flags['dry-run'];
    const login = dryRun ? null : readLogin(env, names);
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const id = `${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${await commitOf(root)}`;
    const { bytes } = await run({ root, id, login, folder: env.RUNNER_TEMP || tmpdir() }, call);
    const size = `${megabytes(bytes).toLocaleString('en-GB')} MB`;
    return {
      ok: true,
      lines: [
        dryRun ? `Packed: ${size}; nothing was sent.` : `${id} is the current release of the site; ${size}.`,
      ],
      summary: { deployed: !dryRun, release: dryRun ? null : id, bytes },
    };
  },
});

/** Seven digits of the commit that is checked out, `local` where there is none. */
async function commitOf(root: string): Promise<string> {
  const head = promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: root });
  return head.then(
    ({ stdout }) => stdout.slice(0, 7),
    () => 'local',
  );
}
