import { startStandin } from '#github/standin/server.ts';

/** Started by the benchmark in a process of its own: a stand-in with the gists of a folder. */
const [dir = ''] = process.argv.slice(2);
const standin = await startStandin({ port: 0, gistsDir: dir });
process.stdout.write(`${standin.origin}\n`);
