import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bundle } from './bundle.ts';
import { licensesOf } from './licenses.ts';
import { manifestOf } from './manifest.ts';

export interface Input {
  /** The repository. */
  root: string;
  /** Where the package goes; what was packed there before is replaced. */
  output: string;
  repositoryUrl: string | null;
}

export interface Packed {
  version: string;
  /** What the package is made of. */
  folder: string;
  tarball: string;
  bytes: number;
  sha256: string;
}

/** Runs npm with these arguments, and resolves to what it printed. */
export type Npm = (args: readonly string[]) => Promise<string>;

const repository = z.object({
  version: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
});
const packedByNpm = z.tuple([z.object({ filename: z.string() })]);

/** Builds the npm package of the command line: a folder, and the file that npm installs. The same tree gives the same bytes. */
export async function run({ root, output, repositoryUrl }: Input, npm: Npm): Promise<Packed> {
  const { version, license, dependencies } = repository.parse(
    JSON.parse(await readFile(join(root, 'package.json'), 'utf8')),
  );
  const folder = join(output, 'package');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const packages = await bundle(root, join(folder, 'dist'));
  await chmod(join(folder, 'dist/index.js'), 0o755);
  const manifest = manifestOf({ version, license, repositoryUrl, dependencies });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), await licensesOf(packages));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await copyFile(join(root, 'actions/pack/package-readme.md'), join(folder, 'README.md'));
  // Found by its path: npm would take a bare name for a package in the registry.
  const printed = await npm(['pack', folder, '--pack-destination', output, '--json', '--ignore-scripts']);
  const [{ filename }] = packedByNpm.parse(JSON.parse(printed));
  const tarball = join(output, filename);
  const content = await readFile(tarball);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { version, folder, tarball, bytes: content.length, sha256 };
}
