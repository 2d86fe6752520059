import { existsSync } from 'node:fs';

/** Adds what `.env` says to the environment, for people who keep their settings there; what is set already wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
