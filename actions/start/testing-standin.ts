/**
 * A program for browser tests: `start`, but for that the gists are at development's stand-in, which `start` refuses. Reads
 * the variables that `start` reads.
 *
 *   node testing-standin.ts PORT
 */
import { readEnvironment } from '#domain/environment.ts';
import { run } from './run.ts';

const stop = await run({
  environment: readEnvironment('test', process.env),
  port: Number(process.argv[2]),
  host: '127.0.0.1',
  drainSeconds: 0,
  print: (line) => process.stdout.write(`${line}\n`),
});
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
