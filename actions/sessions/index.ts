import { runJob } from '../job.ts';
import { onDatabase } from '../on-database.ts';
import { readWhose } from './read-whose.ts';
import { run } from './run.ts';

const script = 'sessions:end';

await runJob(script, {
  description:
    'Ends every session of an account, or of everybody: their next request asks them to sign in again.',
  flags: {
    'github-id': { type: 'string', value: 'N', description: 'The account, by its number at GitHub' },
    all: {
      type: 'boolean',
      description: 'Everybody’s, as after a leak of SESSION_SECRET, which is to be changed too',
    },
    'dry-run': { type: 'boolean', description: 'Say how many would end, and write nothing' },
  },
  async run({ flags, env, log }) {
    const of = readWhose(flags['github-id'], flags.all);
    const dryRun = flags['dry-run'];
    const { sessions, accounts } = await onDatabase(script, { env, log }, (db) => run({ of, dryRun }, db));
    const what = `${sessions} ${sessions === 1 ? 'session' : 'sessions'} of ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
    return {
      ok: true,
      lines: [`${dryRun ? 'Would end' : 'Ended'} ${what}.`],
      summary: { sessions, accounts, dry_run: dryRun },
    };
  },
});
