import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readEnvironment } from '#domain/environment.ts';
import { loadDotEnv } from '../dot-env.ts';
import { failureSentence, JobFailure } from '../failure.ts';
import { run } from './run.ts';

const help = `npm run dev -- [--port 4321] [--gists DIR]

Starts everything on 127.0.0.1: the site, its API, the embedded database and, while GITHUB_CLIENT_ID is not set, a
stand-in for GitHub. Stop it with Ctrl-C.

  --port N      Port of the site (default 4321)
  --gists DIR   Serve the gists in DIR/<login>/<gist-name>/ instead of the bundled examples, with an index of their own
                that starts empty, and the account "moderator" as moderator
  --help        Print this and end
`;

try {
  loadDotEnv();
  const { values } = parseArgs({
    options: { port: { type: 'string' }, gists: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(help);
  } else {
    const port = Number(values.port ?? 4321);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new JobFailure(`--port must be a number from 1 to 65535.`);
    }
    if (values.gists !== undefined && !statSync(values.gists, { throwIfNoEntry: false })?.isDirectory()) {
      throw new JobFailure(`--gists must name a folder; ${values.gists} is none.`);
    }
    const stop = await run({
      port,
      gists: values.gists,
      environment: readEnvironment('dev', process.env),
      print: (line) => process.stdout.write(`${line}\n`),
    });
    const end = () => void stop().then(() => process.exit(0));
    // Vite has a listener of its own, which would end the process before the database is closed.
    process.removeAllListeners('SIGTERM').once('SIGTERM', end).once('SIGINT', end);
  }
} catch (error) {
  const flags = error instanceof TypeError && 'code' in error ? error.message : null;
  const sentence = failureSentence(error) ?? flags;
  process.stderr.write(`dev: ${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.exit(flags ? 2 : 1);
}
