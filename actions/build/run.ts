import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'astro';
import { type Npm, run as pack } from '../pack/run.ts';

export interface Input {
  /** The repository. */
  root: string;
  repositoryUrl: string | null;
}

/** Builds the site into `dist/`, and beside its pages the package of the command line, for npm to install from there. */
export async function run({ root, repositoryUrl }: Input, npm: Npm): Promise<void> {
  await build({ root, logLevel: 'warn' });
  const output = await mkdtemp(join(tmpdir(), 'openagentsessions-package-'));
  try {
    const { tarball } = await pack({ root, output, repositoryUrl }, npm);
    await copyFile(tarball, join(root, 'dist/client/openagentsessions.tgz'));
  } finally {
    await rm(output, { recursive: true });
  }
}
