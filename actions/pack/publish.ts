import { JobFailure } from '../failure.ts';
import type { Npm, Packed } from './run.ts';

export interface Tag {
  /** The tag whose push began this; null where a person did. */
  tag: string | null;
}

/**
 * Gives the package to npm's registry, as GitHub Actions may for whom npm trusts it:
 * https://docs.npmjs.com/trusted-publishers. Throws JobFailure for a tag of another version.
 */
export async function publish({ version, tarball }: Packed, { tag }: Tag, npm: Npm): Promise<void> {
  if (tag !== null && tag !== `command-v${version}`) {
    throw new JobFailure(
      `The tag ${tag} is not command-v${version}, the version in package.json. Correct one of them.`,
    );
  }
  await npm(['publish', tarball, '--provenance', '--access', 'public', '--ignore-scripts']);
}
