import { optionalPackages } from './bundle.ts';

/** What the package's package.json takes from the repository's. */
export interface Origin {
  version: string;
  license: string;
  /** Where the code can be cloned from; null where nobody said. */
  repositoryUrl: string | null;
  /** Exact versions of packages, by name. */
  dependencies: Readonly<Record<string, string>>;
}

/** The package.json of the command line: everything is in it, so that it installs without a network. */
export function manifestOf({ version, license, repositoryUrl, dependencies }: Origin): object {
  const peers = optionalPackages.map((name) => [name, `^${dependencies[name]}`]);
  return {
    name: 'openagentsessions',
    version,
    description:
      'From pointers to a training set: fetches the published index of coding-agent sessions and the files of those you choose, checked, and takes out what was removed.',
    keywords: ['coding-agents', 'agent-traces', 'dataset', 'training-data'],
    homepage: 'https://openagentsessions.org',
    ...(repositoryUrl === null
      ? {}
      : { repository: { type: 'git', url: `git+${repositoryUrl.replace(/(?:\.git)?$/, '.git')}` } }),
    license,
    type: 'module',
    engines: { node: '>=20' },
    bin: { openagentsessions: 'dist/index.js' },
    files: ['dist', 'THIRD-PARTY-LICENSES.txt'],
    peerDependencies: Object.fromEntries(peers),
    peerDependenciesMeta: Object.fromEntries(optionalPackages.map((name) => [name, { optional: true }])),
  };
}
