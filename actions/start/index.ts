import { readEnvironment } from '#domain/environment.ts';
import { readPort, readSeconds } from '../flags.ts';
import { runProgram } from '../program.ts';
import { run } from './run.ts';

await runProgram('start', {
  description: [
    'Serves the built site and its API; run npm run build first. Needs the variables that .env.example marks as',
    'required. SIGTERM: health says so, requests are taken for a while yet, and those that are open finish.',
  ].join('\n'),
  flags: {
    port: { type: 'string', value: 'N', description: 'Port to listen on (default: PORT, else 4321)' },
    'metrics-port': {
      type: 'string',
      value: 'N',
      description: 'Port on 127.0.0.1 to serve /metrics on (default: METRICS_PORT, else none)',
    },
    host: { type: 'string', value: 'HOST', description: 'Host to listen on (default: HOST, else 127.0.0.1)' },
    drain: {
      type: 'string',
      value: 'S',
      description:
        'Seconds that requests are still taken after SIGTERM, until a proxy has noticed (default: 5 where TRUSTED_PROXIES names one, else 0)',
    },
  },
  async main({ flags, env, print }) {
    const port = flags.port ? readPort('--port', flags.port) : readPort('PORT', env.PORT || '4321');
    const environment = readEnvironment('start', env, [
      'DATABASE_URL',
      'SITE_URL',
      'SESSION_SECRET',
      'GITHUB_CLIENT_ID',
      'GITHUB_CLIENT_SECRET',
      'MODERATOR_GITHUB_IDS',
    ]);
    const given = flags['metrics-port'];
    const metricsPort = given ? readPort('--metrics-port', given) : environment.metricsPort;
    const drainSeconds = readSeconds(
      '--drain',
      flags.drain ?? (environment.trustedProxies.length > 0 ? '5' : '0'),
    );
    const host = flags.host ?? (env.HOST || '127.0.0.1');
    return run({ environment, port, metricsPort, host, drainSeconds, print });
  },
});
