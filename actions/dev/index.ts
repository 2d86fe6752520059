import { statSync } from 'node:fs';
import { readEnvironment } from '#domain/environment.ts';
import { FlagError, readPort } from '../flags.ts';
import { runProgram } from '../program.ts';
import { run } from './run.ts';

await runProgram('dev', {
  description: [
    'Starts everything on 127.0.0.1: the site, its API, the embedded database and, while GITHUB_CLIENT_ID is not set,',
    'a stand-in for GitHub with the bundled examples and the account "moderator" as moderator. Stop it with Ctrl-C.',
  ].join('\n'),
  flags: {
    port: { type: 'string', value: 'N', description: 'Port of the site (default 4321)' },
    gists: {
      type: 'string',
      value: 'DIR',
      description: 'Serve the gists in DIR/<login>/<gist-name>/ instead, with an index that starts empty',
    },
  },
  async main({ flags, env, print }) {
    const { gists } = flags;
    const port = readPort('--port', flags.port ?? '4321');
    if (gists !== undefined && !statSync(gists, { throwIfNoEntry: false })?.isDirectory()) {
      throw new FlagError(`--gists must name a folder; ${gists} is none.`);
    }
    const stop = await run({ port, gists, environment: readEnvironment('dev', env), print });
    // Vite has a listener of its own, which would end the process before the database is closed.
    process.removeAllListeners('SIGTERM');
    return stop;
  },
});
