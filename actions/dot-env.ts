import { existsSync } from 'node:fs';
import { JobFailure } from './failure.ts';

/**
 * Adds what `.env` says to the environment, for people who keep their settings there; what is set already wins.
 * Throws JobFailure when it cannot be read.
 */
export function loadDotEnv(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new JobFailure(`The file .env cannot be read (${reason}). Correct it or take it away.`);
  }
}
