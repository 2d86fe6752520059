import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'astro';
import { z } from 'zod';
import type { GitHubAddresses } from '#domain/environment.ts';
import { caddyHeaders } from '#runtime/caddy-headers.ts';
import { securityHeaders } from '#runtime/security-headers.ts';
import { type Npm, run as pack } from '../pack/run.ts';

export interface Input {
  /** The repository. */
  root: string;
  repositoryUrl: string | null;
  github: GitHubAddresses;
}

/**
 * Builds the site into `dist/`: beside its pages the package of the command line, for npm to install from there, and in
 * `dist/headers.caddy` what a Caddy that serves the pages from disk sends with them.
 */
export async function run({ root, repositoryUrl, github }: Input, npm: Npm): Promise<void> {
  await build({ root, logLevel: 'warn' });
  const output = await mkdtemp(join(tmpdir(), 'openagentsessions-package-'));
  try {
    const { tarball } = await pack({ root, output, repositoryUrl }, npm);
    await copyFile(tarball, join(root, 'dist/client/openagentsessions.tgz'));
    await writeFile(join(root, 'dist/headers.caddy'), await headersOf(root, github));
  } finally {
    await rm(output, { recursive: true });
  }
}

/** The policy for scripts names those of this build. */
async function headersOf(root: string, { rawUrl, apiUrl }: GitHubAddresses): Promise<string> {
  const scripts = z
    .array(z.string())
    .parse(JSON.parse(await readFile(join(root, 'dist/scripts.json'), 'utf8')));
  return caddyHeaders(
    securityHeaders({ scripts, gists: [rawUrl, apiUrl].map((address) => new URL(address).origin) }),
  );
}
