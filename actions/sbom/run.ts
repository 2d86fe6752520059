import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { JobFailure } from '../failure.ts';

/** What we read of a lockfile. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
const lockfile = z.object({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      /** Where it differs from its folder's. */
      name: z.string().optional(),
      version: z.string(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});
type Lockfile = z.output<typeof lockfile>;

interface Component {
  type: 'library';
  'bom-ref': string;
  name: string;
  version: string;
  scope: 'required' | 'optional';
  purl: string;
  hashes?: { alg: 'SHA-512'; content: string }[];
  licenses?: ({ expression: string } | { license: { name: string } })[];
}

/**
 * The packages of a lockfile that the site is installed with, as CycloneDX; the same lockfile gives the same text. npm's
 * own `npm sbom` leaves out every tenth of them. Throws JobFailure where one has no hash.
 * https://cyclonedx.org/docs/1.5/json/
 */
export function packageList(text: string): { text: string; packages: number } {
  const lock = lockfile.parse(JSON.parse(text));
  const { name, version } = lock;
  const components = componentsOf(lock);
  const list = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version } },
    components,
  };
  return { text: `${JSON.stringify(list, null, 2)}\n`, packages: components.length };
}

function componentsOf({ packages }: Lockfile): Component[] {
  const found = new Map<string, Component>();
  for (const [path, { name = nameIn(path), version, integrity, license, dev, optional }] of Object.entries(
    packages,
  )) {
    if (path === '' || dev) continue;
    const sha512 = /^sha512-([A-Za-z0-9+/=]+)$/.exec(integrity ?? '')?.[1];
    // Of what is for other systems the lockfile may have no hash; it is not installed here.
    if (sha512 === undefined && !optional) {
      throw new JobFailure(
        `${name} ${version} has no hash in package-lock.json. Install it anew from npm's registry.`,
      );
    }
    const id = `${name}@${version}`;
    found.set(id, {
      type: 'library',
      'bom-ref': id,
      name,
      version,
      scope: optional ? 'optional' : 'required',
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      ...(sha512 && {
        hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }],
      }),
      ...(license && { licenses: [licenseOf(license)] }),
    });
  }
  return [...found.values()];
}

const nameIn = (path: string): string => path.split('node_modules/').at(-1) ?? path;

function licenseOf(license: string): { expression: string } | { license: { name: string } } {
  return /^SEE LICENSE IN|^UNLICENSED$/.test(license)
    ? { license: { name: license } }
    : { expression: license };
}

/** Writes the list of the packages in a folder's lockfile to a file, and says how many it has. */
export async function run(root: string, path: string): Promise<number> {
  const { text, packages } = packageList(await readFile(join(root, 'package-lock.json'), 'utf8'));
  await writeFile(path, text);
  return packages;
}
