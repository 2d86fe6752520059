import { z } from 'zod';
import { fileNames } from './published-file.ts';
import { manifest, schemaVersion, snapshotId } from './snapshot.ts';

const { schema_version, changes: _, files: __, ...fixed } = manifest.shape;

/** A manifest as those read it who got it from elsewhere: what later minor versions add stays as it is. */
const foreignManifest = z.looseObject({
  ...fixed,
  schema_version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  changes: z.record(z.string(), z.int().min(0)),
  files: z.record(
    z.string(),
    z.looseObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0) }),
  ),
});
export type ForeignManifest = z.infer<typeof foreignManifest>;

/** What these bytes are: a manifest, one of a major version that is not known here, or neither. */
export type ReadManifest =
  | { kind: 'manifest'; manifest: ForeignManifest }
  | { kind: 'other_version'; version: string }
  | { kind: 'none' };

const versioned = z.looseObject({ schema_version });

/** Reads a manifest that nobody vouches for. */
export function readManifest(text: string): ReadManifest {
  const json = parse(text);
  const version = versioned.safeParse(json).data?.schema_version;
  if (version === undefined) return { kind: 'none' };
  if (/^\d{1,6}\./.test(version) && majorOf(version) !== majorOf(schemaVersion)) {
    return { kind: 'other_version', version };
  }
  const found = foreignManifest.safeParse(json).data;
  const isOne =
    found !== undefined &&
    found.snapshot_dir === `snapshots/${found.snapshot_id}` &&
    found.snapshot_id === snapshotId(new Date(found.generated_at)) &&
    fileNames(found) !== null;
  return isOne ? { kind: 'manifest', manifest: found } : { kind: 'none' };
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
