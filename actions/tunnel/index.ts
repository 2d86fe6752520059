import { tmpdir } from 'node:os';
import { runProgram } from '../program.ts';
import { run } from './run.ts';

await runProgram('tunnel', {
  description: [
    'Runs a command while a tunnel through the server TUNNEL_ADDRESS (user@host:port) leads to the database, which only',
    'that server can reach; DATABASE_URL names it as the server does. The key is TUNNEL_KEY, and SSH_KNOWN_HOSTS has the',
    'one key of the server that is taken. Write npm run tunnel -- -- COMMAND where the command has flags.',
  ].join('\n'),
  flags: {},
  operands: 'COMMAND...',
  exits: "the command's; 1 there is no tunnel; 2 wrong flags",
  main: ({ operands, env, print }) =>
    run({
      command: operands,
      env,
      folder: env.RUNNER_TEMP || tmpdir(),
      print,
      terminal: process.stdin.isTTY,
      onSignal(hear) {
        process.on('SIGTERM', hear);
        process.on('SIGINT', hear);
      },
    }),
});
