import { startStandin } from '#github/standin/server.ts';
import { madeUpGists } from './made-up.ts';

/** Started by the benchmark in a process of its own: a stand-in with so many made-up gists. `moved`: some have moved. */
const [count, moved] = process.argv.slice(2);
const hourlyLimits = { anonymous: 1_000_000, authorized: 1_000_000 };
const gistsDir = madeUpGists(Number(count), moved === 'moved');
const { origin } = await startStandin({ port: 0, gistsDir, hourlyLimits });
process.stdout.write(`${origin}\n`);
