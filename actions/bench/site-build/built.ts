import { readdirSync } from 'node:fs';
import type { Run } from '../measure.ts';

/** A build, and how many files it made. */
export interface Built extends Run {
  files: number;
}

/** A build that made a folder. */
export function built(run: Run, dist: string): Built {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true });
  return { ...run, files: entries.filter((entry) => entry.isFile()).length };
}
