import { githubLimits } from '#github/standin/http/rate-limits.ts';
import { startStandin } from '#github/standin/server.ts';
import { readCommandLine, usage } from './command-line.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

const command = readCommandLine(process.argv.slice(2));

if (command.kind === 'help') {
  say(usage);
} else if (command.kind === 'refused') {
  complain(command.sentence);
  process.exitCode = 2;
} else {
  const { hourlyLimit, ...options } = command;
  const hourlyLimits = { ...githubLimits, authorized: hourlyLimit ?? githubLimits.authorized };
  try {
    const standin = await startStandin({ ...options, hourlyLimits, log: complain });
    say(`GitHub stand-in: ${standin.origin}`);
    say(`Faults: ${command.faults.join(' ') || 'none'}`);
    const stop = () => void standin.close().catch((error: unknown) => complain(String(error)));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    complain(`Port ${command.port} is in use; choose another one with --port.`);
    process.exitCode = 2;
  }
}
