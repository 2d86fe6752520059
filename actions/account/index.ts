import { runJob } from '../job.ts';
import { onDatabase } from '../on-database.ts';
import { readNamed } from './read-named.ts';
import { run } from './run.ts';

const script = 'account:erase';

await runJob(script, {
  description: [
    'Erases an account as its owner can on the site: withdraws its submissions, and deletes all that is stored about it',
    'but a key. For those who cannot sign in, and for those a restored backup knows again. Can be killed and run again.',
  ].join('\n'),
  flags: {
    'github-id': { type: 'string', value: 'N', description: 'The account, by its number at GitHub' },
    key: { type: 'string', value: 'N', description: 'Or by our key, account_id in the server’s log' },
    'dry-run': { type: 'boolean', description: 'Say whether there is such an account, and write nothing' },
  },
  async run({ flags, env, log }) {
    const named = readNamed(flags['github-id'], flags.key);
    const dryRun = flags['dry-run'];
    const { withdrawn } = await onDatabase(script, { env, log }, (db) => run({ named, dryRun }, db));
    const line = dryRun
      ? 'There is such an account. Nothing was written.'
      : `Erased. ${withdrawn} of its submissions were withdrawn for that.`;
    return { ok: true, lines: [line], summary: { withdrawn, dry_run: dryRun } };
  },
});
