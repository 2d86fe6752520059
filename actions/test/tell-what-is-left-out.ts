import { hasSshd } from '../ssh/testing-sshd.ts';
import { hasCurl, hasPython, nodesHere, pythonHas, pythonRecipes } from './programs-here.ts';

/** Says before the first test what this run cannot show. */
export function setup(): void {
  if (!hasSshd) {
    process.stdout.write(
      'Without an ssh server (package openssh-server) the tests of tunnel and deploy are left out; .ci/run installs it.\n',
    );
  }
  if (process.env.TYPE_RUNBOOK === undefined) {
    process.stdout.write(
      'Without TYPE_RUNBOOK docs/deploy-hetzner.md is not typed on a machine of its own; .ci/runbook does that.\n',
    );
  }
  if (!process.env.TEST_S3_ENDPOINT) {
    process.stdout.write(
      'Without an S3 server (TEST_S3_ENDPOINT) publishing is tested on its stand-in and in a folder; .ci/run starts one.\n',
    );
  }
  if (!hasCurl) process.stdout.write('Without curl the recipes that start with a download are left out.\n');
  if (![...nodesHere.keys()].some((version) => version.startsWith('v20.'))) {
    process.stdout.write(
      'Without Node 20 in the search path the command line is tried on newer ones alone.\n',
    );
  }
  const unread = Object.keys(pythonRecipes).filter((recipe) => !pythonHas(pythonRecipes[recipe] ?? []));
  if (unread.length > 0) {
    process.stdout.write(
      `Without ${hasPython ? 'their packages' : 'python3'} the recipes ${unread.join(', ')} are ${hasPython ? 'parsed and not run' : 'left out'}.\n`,
    );
  }
  if (process.env.TEST_DATABASE_URL) return;
  process.stdout.write(
    'Without a PostgreSQL server (TEST_DATABASE_URL) the tests of locks, timeouts, roles and races are left out;\n' +
      '.ci/run starts one and runs them.\n',
  );
}
