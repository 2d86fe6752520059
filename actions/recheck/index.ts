import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '#domain/environment.ts';
import { createBudget } from '#github/budget.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { readCount, readShard } from '../flags.ts';
import { gistReader, neededToReadGists } from '../gist-reader.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'recheck';
/** Nobody is waiting: GitHub may take its time, in milliseconds. */
const timeoutMs = 30_000;
/** Seconds that a run waits for GitHub's limits unless told otherwise. */
const patience = 120;
/** Share of an hour's requests that is left: to the site where it spends the same, else for the run's last question. */
const reserves = { shared: 0.2, own: 0.01 };

await runJob(script, {
  description: [
    'Finds out what became of the gists in the index, those checked longest ago first. One that was edited waits for a',
    'moderator again; one that is missing, secret or of another account is suspended, and gone if it still is a day later;',
    'one that is there again is restored. Then inspects again what was not inspected by the rules of today.',
    'What GitHub does not say changes nothing. Can be killed and run again at any moment.',
  ].join('\n'),
  flags: {
    limit: { type: 'string', value: 'N', description: 'Check N submissions at most' },
    shard: { type: 'string', value: 'I/N', description: 'Check the Ith of N parts, by gist id' },
    wait: {
      type: 'string',
      value: 'S',
      description: `Wait ${patience} seconds, or S, in all for GitHub's limits, then stop`,
    },
    'dry-run': { type: 'boolean', description: 'Look and count, and write nothing' },
    force: {
      type: 'boolean',
      description:
        'Suspend what is missed, however many owners it concerns; the canary has to be there all the same',
    },
  },
  async run({ flags, env, progress, tally, log, signal }) {
    const input = {
      limit: flags.limit === undefined ? null : readCount('--limit', flags.limit),
      shard: flags.shard === undefined ? { index: 1, of: 1 } : readShard('--shard', flags.shard),
      patience: flags.wait === undefined ? patience : readCount('--wait', flags.wait),
      dryRun: flags['dry-run'],
      force: flags.force,
    };
    const environment = readEnvironment(script, env, neededToReadGists(env));
    for (const warning of environment.warnings) log(warning);
    const { databaseUrl, canaryGistId } = environment;
    if (environment.production && canaryGistId === null) {
      log(
        'RECHECK_CANARY_GIST_ID is not set: while GitHub has trouble, a few gists may be suspended for it.',
      );
    }
    const dataDir = currentDataFolder();
    const github = gistReader(environment, dataDir, (shared) => ({
      log,
      timeoutMs,
      budget: createBudget({ reserve: shared ? reserves.shared : reserves.own, now: Date.now }),
    }));
    const db = await openDatabase({
      databaseUrl,
      dataDir,
      log: databaseLog(log),
      statementTimeout: 60_000,
    });
    try {
      const outcome = await run(
        { ...input, canaryGistId },
        {
          db,
          github,
          now: () => new Date(),
          log,
          progress,
          tally: (done, total, note) => tally({ done, total, unit: 'gists', note }),
          signal,
          sleep: (milliseconds) => sleep(milliseconds, undefined, { signal }),
        },
      );
      return report(outcome, input);
    } finally {
      await db.close();
    }
  },
});
