import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobCall } from '../job.ts';
import type { Login } from '../ssh/login.ts';
import { type Archive, packRelease } from './archive.ts';
import { sendRelease } from './send.ts';

export interface Input {
  /** The repository, with the site built in `dist/`. */
  root: string;
  /** Names the release: letters, digits and hyphens. */
  id: string;
  /** Null: only pack. */
  login: Login | null;
  /** Where the archive and secret files may be for a moment. */
  folder: string;
}

/** Packs the built site and hands it over to the server. Resolves to the archive that was sent, and is gone by then. */
export async function run(
  { root, id, login, folder }: Input,
  { signal, tally, progress }: Pick<JobCall<never>, 'signal' | 'tally' | 'progress'>,
): Promise<Archive> {
  const own = await mkdtemp(join(folder, 'openagentsessions-deploy-'));
  try {
    progress('packing');
    const archive = await packRelease(root, join(own, 'release.tar.gz'));
    signal.throwIfAborted();
    if (login !== null) {
      const total = megabytes(archive.bytes);
      const sent = (bytes: number) => tally({ done: megabytes(bytes), total, unit: 'MB' });
      await sendRelease(login, id, archive, { folder: own, stop: signal, sent });
    }
    return archive;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

export const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);
