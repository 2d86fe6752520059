/**
 * A process that the benchmark measures: hydrates a copy, and prints what came of it.
 *   node process.ts COPY RAW_HOST CONCURRENCY
 */
import { everything } from '../../copy/selection.ts';
import { run } from '../../hydrate/run.ts';

const [copy = '', used = '', concurrency] = process.argv.slice(2);
const outcome = await run(
  {
    copy,
    selection: everything,
    shard: { index: 1, of: 1 },
    concurrency: Number(concurrency),
    patienceMs: 0,
    maxBytes: 100_000_000,
    rawHosts: { official: 'https://gist.githubusercontent.com', used },
    formats: [],
    recheck: false,
  },
  {
    tally: () => undefined,
    log: () => undefined,
    signal: new AbortController().signal,
    now: () => new Date(),
    random: Math.random,
    api: null,
  },
);
process.stdout.write(JSON.stringify(outcome));
