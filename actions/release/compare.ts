import { createHash } from 'node:crypto';
import type { ReleaseRepository } from '#github/release-repository.ts';
import {
  listAssets,
  type Release,
  type ReleaseAnswer,
  type ReleaseAsset,
  readAsset,
} from '#github/releases.ts';
import type { PlannedAsset } from './assets.ts';
import { patiently, type Waiting } from './patience.ts';

/** How a release differs from its plan. */
export interface Difference {
  /** What should be there and is not, or is there otherwise. */
  missing: PlannedAsset[];
  /** What is there and should not be, or is other than it should. */
  surplus: ReleaseAsset[];
}

export function isSame({ missing, surplus }: Difference): boolean {
  return missing.length === 0 && surplus.length === 0;
}

/** Compares by name, size and SHA-256. */
function compareAssets(planned: readonly PlannedAsset[], there: readonly ReleaseAsset[]): Difference {
  const fits = (plan: PlannedAsset, asset: ReleaseAsset) =>
    asset.name === plan.name && asset.uploaded && asset.bytes === plan.bytes && asset.sha256 === plan.sha256;
  return {
    missing: planned.filter((plan) => !there.some((asset) => fits(plan, asset))),
    surplus: there.filter((asset) => !planned.some((plan) => fits(plan, asset))),
  };
}

/**
 * What is different about a release on GitHub. Where GitHub tells no digest the asset is downloaded and hashed, once:
 * `known` keeps hashes by asset id.
 */
export async function difference(
  repository: ReleaseRepository,
  release: Release,
  planned: readonly PlannedAsset[],
  known: Map<number, string>,
  waiting: Waiting,
): Promise<ReleaseAnswer<Difference>> {
  const listed = await patiently(waiting, () => listAssets(repository, release));
  if (listed.kind !== 'ok') return listed;
  const there: ReleaseAsset[] = [];
  for (const asset of listed.value) {
    const size = planned.find(({ name }) => name === asset.name)?.bytes;
    if (asset.sha256 !== null || !asset.uploaded || asset.bytes !== size) {
      there.push(asset);
      continue;
    }
    const hashed = await patiently(waiting, () => hashAsset(repository, asset, known, waiting.signal));
    if (hashed.kind !== 'ok') return hashed;
    there.push({ ...asset, sha256: hashed.value });
  }
  return { kind: 'ok', value: compareAssets(planned, there) };
}

async function hashAsset(
  repository: ReleaseRepository,
  asset: ReleaseAsset,
  known: Map<number, string>,
  signal: AbortSignal,
): Promise<ReleaseAnswer<string>> {
  const before = known.get(asset.id);
  if (before !== undefined) return { kind: 'ok', value: before };
  const read = await readAsset(repository, asset, signal);
  if (read.kind !== 'ok') return read;
  const hash = createHash('sha256');
  try {
    for await (const piece of read.value) hash.update(piece);
  } catch {
    signal.throwIfAborted();
    return { kind: 'unavailable', retryAfter: 60, why: 'a download that broke off' };
  }
  const sha256 = hash.digest('hex');
  known.set(asset.id, sha256);
  return { kind: 'ok', value: sha256 };
}
