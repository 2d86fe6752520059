import { readEnvironment } from '#domain/environment.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { inDevelopment, run } from './run.ts';

const script = 'dataset:export';

await runJob(script, {
  description: [
    'Writes a snapshot of the listed sessions to DIR/snapshots/<id>/ and turns the link DIR/latest to it.',
    'Does nothing where nothing changed since the newest snapshot. Can be killed and run again at any moment.',
  ].join('\n'),
  flags: {
    output: {
      type: 'string',
      value: 'DIR',
      description: 'Output folder (default: DATASET_OUTPUT_DIR, else .dataset)',
    },
    force: {
      type: 'boolean',
      description: 'Export even though more than 20% and more than 20 rows are gone',
    },
  },
  async run({ flags, env, progress, log, signal }) {
    const started = performance.now();
    const environment = readEnvironment(script, env, ['DATABASE_URL', 'SITE_URL']);
    for (const warning of environment.warnings) log(warning);
    const output = flags.output ?? environment.datasetOutputDir;
    const db = await openDatabase({
      databaseUrl: environment.databaseUrl,
      dataDir: currentDataFolder(),
      log: databaseLog(log),
      statementTimeout: 60_000,
    });
    try {
      const tools = { db, now: () => new Date(), log, progress, signal };
      const { siteUrl, datasetLicense: license } = environment;
      const about = { site: siteUrl ?? inDevelopment.site, license };
      const outcome = await run({ output, force: flags.force, about }, tools);
      return report(outcome, output, (performance.now() - started) / 1000);
    } finally {
      await db.close();
    }
  },
});
