import { publicAddress } from '#domain/bucket-address.ts';
import { readEnvironment } from '#domain/environment.ts';
import { defaultFolder } from '../bucket/open.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { sourceOf } from './source.ts';

const script = 'dataset:fetch';

await runJob(script, {
  description: [
    'Brings the newest published snapshot to DIR/snapshots/<id>/ and turns the link DIR/latest to it, every byte held',
    'against its manifest. Needs no keys and no database. Can be killed and run again; it goes on where it was.',
  ].join('\n'),
  flags: {
    from: {
      type: 'string',
      value: 'PLACE',
      description: `Address or folder where snapshots are published (default: the bucket, else ${defaultFolder})`,
    },
    output: {
      type: 'string',
      value: 'DIR',
      description: 'Where to keep them (default: DATASET_OUTPUT_DIR, else .dataset)',
    },
    force: { type: 'boolean', description: 'Turn latest back to an older snapshot' },
  },
  async run({ flags, env, tally, log, signal }) {
    const environment = readEnvironment(script, env);
    for (const warning of environment.warnings) log(warning);
    const output = flags.output ?? environment.datasetOutputDir;
    const bucket = environment.bucket && publicAddress(environment.bucket);
    const place = flags.from ?? bucket ?? defaultFolder;
    const outcome = await run(
      { output, force: flags.force },
      {
        source: sourceOf(place, { signal }),
        tally: (done, total) =>
          tally({ done: Math.round(done / 1000), total: Math.round(total / 1000), unit: 'kB' }),
        signal,
      },
    );
    return report(outcome, output, place);
  },
});
