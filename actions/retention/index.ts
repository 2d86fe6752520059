import { runJob } from '../job.ts';
import { onDatabase } from '../on-database.ts';
import { run } from './run.ts';

const script = 'retention';

await runJob(script, {
  description: [
    'Forgets what is kept for a time and is over it: ended sessions, words of closed reports, and what else the privacy',
    'page lists. Can be killed and run again at any moment.',
  ].join('\n'),
  flags: { 'dry-run': { type: 'boolean', description: 'Say what would be forgotten, and write nothing' } },
  async run({ flags, env, progress, log, signal }) {
    const dryRun = flags['dry-run'];
    const forgotten = await onDatabase(script, { env, log }, (db) =>
      run({ dryRun }, { db, progress, signal }),
    );
    const found = Object.entries(forgotten).filter(([, rows]) => rows > 0);
    const told = found.map(([id, rows]) => `${id}: ${rows}`).join(', ');
    return {
      ok: true,
      lines: [told === '' ? 'Nothing is over its time.' : `${dryRun ? 'Would forget' : 'Forgot'} ${told}.`],
      summary: forgotten,
    };
  },
});
