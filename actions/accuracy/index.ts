import { JobFailure } from '../failure.ts';
import { FlagError } from '../flags.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

await runJob('accuracy', {
  description: [
    'Inspects every file of a corpus of sessions and compares what comes out with what is true of it, cell by cell.',
    'The corpus is a folder with an INDEX.tsv, a row a file; docs/contributing.md tells its columns.',
  ].join('\n'),
  flags: { corpus: { type: 'string', value: 'DIR', description: 'The corpus (required)' } },
  async run({ flags, progress }) {
    if (flags.corpus === undefined) throw new FlagError('Name the corpus: --corpus DIR.');
    const accuracy = await run(flags.corpus, progress).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new JobFailure(`${error.path} is not there. Check --corpus and its INDEX.tsv.`);
    });
    return report(accuracy);
  },
});
