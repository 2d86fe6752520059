import { runJob } from '../job.ts';
import { allowed } from './allowed.ts';
import { run } from './run.ts';

await runJob('audit', {
  description: [
    'Compares the packages of package-lock.json with the advisories that npm knows. Fails on one of high or critical',
    'severity that nobody has judged in actions/audit/allowed.ts, or longer than 30 days ago.',
  ].join('\n'),
  flags: {},
  run: ({ env }) => run({ root: process.cwd(), env, allowed, now: new Date() }),
});
