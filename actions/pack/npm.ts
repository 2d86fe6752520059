import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { JobFailure } from '../failure.ts';
import type { Npm } from './run.ts';

/** npm as this machine has it. Rejects with JobFailure, with what npm says was wrong. */
export function npmWith(env: Readonly<Record<string, string | undefined>>, signal?: AbortSignal): Npm {
  return (args) =>
    promisify(execFile)('npm', args, { env, signal, maxBuffer: 16 * 1024 * 1024 }).then(
      ({ stdout }) => stdout,
      (error: Error) => {
        throw new JobFailure(`npm ${args[0]} failed: ${complaintIn(error)}`);
      },
    );
}

/** The line of npm's that says what was wrong. */
function complaintIn(error: Error): string {
  const said = 'stderr' in error ? String(error.stderr) : '';
  return /^npm error (?!code )(.+)$/m.exec(said)?.[1] ?? error.message;
}
