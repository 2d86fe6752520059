import { existsSync, readFileSync } from 'node:fs';

/** The version in the nearest package.json above a file: the repository's, and the installed package's. */
export function versionAbove(file: string): string {
  for (let folder = new URL('.', file); ; folder = new URL('..', folder)) {
    const manifest = new URL('package.json', folder);
    if (existsSync(manifest)) {
      const { version }: { version?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'));
      if (typeof version === 'string') return version;
    }
    if (folder.pathname === new URL('..', folder).pathname) return 'unknown';
  }
}
