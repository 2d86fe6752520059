import { parseArgs } from 'node:util';
import { readEnvironment } from '#domain/environment.ts';
import { loadDotEnv } from '../dot-env.ts';
import { failureSentence } from '../failure.ts';
import { run } from './run.ts';

const help = `npm start -- [--port 4321] [--host 127.0.0.1]

Serves the built site and its API; run npm run build first. Needs the variables that .env.example marks as required.
PORT and HOST are taken too. SIGTERM lets open requests finish.
`;

try {
  loadDotEnv();
  const { values } = parseArgs({
    options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(help);
  } else {
    const environment = readEnvironment('start', process.env, [
      'DATABASE_URL',
      'SITE_URL',
      'SESSION_SECRET',
      'GITHUB_CLIENT_ID',
      'GITHUB_CLIENT_SECRET',
      'MODERATOR_GITHUB_IDS',
    ]);
    const stop = await run({
      environment,
      port: Number(values.port ?? process.env.PORT ?? 4321),
      host: values.host ?? process.env.HOST ?? '127.0.0.1',
      print: (line) => process.stdout.write(`${line}\n`),
    });
    const end = () => void stop().then(() => process.exit(0));
    process.once('SIGINT', end).once('SIGTERM', end);
  }
} catch (error) {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`start: ${failureSentence(error) ?? stack}\n`);
  process.exit(1);
}
