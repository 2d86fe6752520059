import { fileURLToPath } from 'node:url';
import { runJob } from '../job.ts';
import { writeTables } from './run.ts';

await runJob('docs', {
  description: 'Writes the tables in docs/*.md that are generated from functions/domain.',
  flags: { check: { type: 'boolean', description: 'Write nothing; fail where a table is not up to date' } },
  async run({ flags }) {
    const changed = writeTables(fileURLToPath(new URL('../../docs', import.meta.url)), flags.check);
    if (flags.check && changed.length > 0) {
      const sentence = `Tables are out of date in ${changed.join(', ')}. Run npm run docs and commit them.`;
      return { ok: false, sentence };
    }
    const lines = [changed.length === 0 ? 'The tables are up to date.' : `Wrote ${changed.join(', ')}.`];
    return { ok: true, lines, summary: { changed } };
  },
});
