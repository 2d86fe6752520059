import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { packageList, run } from './run.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.looseObject({
        version: z.string(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        dev: z.boolean().optional(),
        optional: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(text));

const componentsIn = (list: string) =>
  z
    .object({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.literal('1.5'),
      components: z.array(
        z.looseObject({
          name: z.string(),
          version: z.string(),
          purl: z.string(),
          hashes: z
            .array(z.object({ alg: z.literal('SHA-512'), content: z.string().length(128) }))
            .default([]),
        }),
      ),
    })
    .parse(JSON.parse(list)).components;

/** What npm has installed here, as it found it by the lockfile. */
const installed = z.object({ packages: z.record(z.string(), z.looseObject({ version: z.string() })) });

test('every package that the site is installed with is in the list, with its version and its hash', () => {
  const listed = new Map(
    componentsIn(packageList(text).text).map((one) => [`${one.name}@${one.version}`, one]),
  );
  const here = installed.parse(
    JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')),
  );
  const needed = Object.entries(here.packages).filter(([path]) => packages[path] && !packages[path].dev);
  expect(needed.length).toBeGreaterThan(100);
  for (const [path, { version }] of needed) {
    const id = `${path.split('node_modules/').at(-1)}@${version}`;
    const sha512 = Buffer.from(packages[path]?.integrity?.replace(/^sha512-/, '') ?? '', 'base64');
    expect([id, listed.get(id)?.hashes.map(({ content }) => content)]).toEqual([
      id,
      [sha512.toString('hex')],
    ]);
  }
});

test('packages for development are not in it', () => {
  expect(packages['node_modules/vitest']?.dev).toBe(true);
  expect(componentsIn(packageList(text).text).map(({ name }) => name)).not.toContain('vitest');
});

test('a package is named as others name it', () => {
  const purls = componentsIn(packageList(text).text).map(({ purl }) => purl);
  expect(purls).toContainEqual(expect.stringMatching(/^pkg:npm\/%40astrojs\/node@\d+\.\d+\.\d+$/));
  expect(new Set(purls).size).toBe(purls.length);
});

test('every package comes from npm’s registry, by a hash', () => {
  const strangers = Object.entries(packages)
    // What is for other systems has no hash, see docs/house/package-rules.ts.
    .filter(([path, { optional, integrity }]) => path !== '' && !(optional && integrity === undefined))
    .filter(
      ([, { resolved = '', integrity = '' }]) =>
        !/^(?:https:\/\/registry\.npmjs\.org\/|$)/.test(resolved) || !integrity.startsWith('sha512-'),
    )
    .map(([path]) => path);
  expect(strangers).toEqual([]);
});

test('the file that is written is the list, the same each time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'sbom.cdx.json');
  const count = await run(root, path);
  const written = readFileSync(path, 'utf8');
  expect(componentsIn(written)).toHaveLength(count);
  expect(written).toBe(packageList(text).text);
});

test('a package without a hash is a sentence', () => {
  const own = { name: 'x', version: '1.0.0' };
  const branch = { version: '2.0.0', resolved: 'git+ssh://git@example.org/x.git' };
  const lock = { ...own, lockfileVersion: 3, packages: { '': own, 'node_modules/from-a-branch': branch } };
  expect(() => packageList(JSON.stringify(lock))).toThrow('from-a-branch 2.0.0 has no hash');
});
