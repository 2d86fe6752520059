import { changeKinds } from '#domain/submission.ts';
import type { ReleaseFailure } from '#github/release-failure.ts';
import type { ReleaseRepository } from '#github/release-repository.ts';
import { listReleases, type Release, type ReleaseWords } from '#github/releases.ts';
import type { Database, Db } from '#sql/db.ts';
import { countChanges } from '#sql/queries/dataset.ts';
import {
  findSnapshot,
  holdingHistory,
  newestPublishedSnapshot,
  type Snapshot,
} from '#sql/queries/snapshots.ts';
import { type LocalSnapshot, readLocalSnapshot } from '../publish/local-snapshot.ts';
import { planAssets, type ReleasePlan } from './assets.ts';
import { readAttestation } from './attestation.ts';
import { findOrMakeDraft } from './draft.ts';
import { type Filling, fillDraft } from './fill-draft.ts';
import { releaseWords, type Since } from './notes.ts';
import { patiently } from './patience.ts';
import { checkPublished, type Published, publishAndCheck } from './publish.ts';
import { countRows } from './row-counts.ts';
import { type Standing, standingOf, tagOf } from './standing.ts';

export interface Input {
  /** The output folder of exports. */
  output: string;
  /** The attestation's bundle, a file; null for none. */
  attestation: string | null;
  /** Bytes an asset has at most; larger files are split. */
  partBytes: number;
  /** Only say whether there is something to release. */
  dryRun: boolean;
}

export interface Tools extends Filling {
  db: Database;
  repository: ReleaseRepository;
}

export type Outcome =
  | { kind: 'busy' }
  | { kind: 'nothing_published' }
  | { kind: 'files_missing'; id: string }
  /** What a dry run says of a snapshot that has no release yet. */
  | { kind: 'due'; id: string }
  /** This snapshot has its release. */
  | { kind: 'already'; id: string; url: string }
  /** Nothing changed since the release before. */
  | { kind: 'unchanged'; id: string; tag: string; url: string }
  | { kind: 'later_released'; id: string; tag: string }
  | { kind: 'tag_without_release'; tag: string }
  | { kind: 'released'; id: string; release: Release; assets: number; bytes: number; words: ReleaseWords }
  /** A public release of this snapshot has other files. */
  | { kind: 'published_otherwise'; tag: string; url: string; names: string[] }
  | { kind: 'altered'; names: string[] }
  | { kind: 'failed'; doing: Doing; failure: ReleaseFailure };

/** What a run was at when GitHub failed. */
export type Doing =
  | 'listing releases'
  | 'making a draft'
  | 'uploading its files'
  | 'publishing the draft'
  | 'looking at its files';

/**
 * Makes the newest published snapshot a release: draft, assets, look at their digests, publish. May be killed anywhere:
 * what is public stays as it is, and the next run finishes the draft it finds.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  const outcome = await holdingHistory(tools.db, (history) => releaseHeld(history, input, tools));
  return outcome ?? { kind: 'busy' };
}

async function releaseHeld(history: Db, input: Input, tools: Tools): Promise<Outcome> {
  const snapshot = await newestPublishedSnapshot(history);
  if (snapshot === null) return { kind: 'nothing_published' };
  const { id } = snapshot;
  const listed = await patiently(tools, () => listReleases(tools.repository));
  if (listed.kind !== 'ok') return failed('listing releases', listed);
  const standing = standingOf(id, listed.value);
  if (standing.published === null) {
    if (standing.later !== null) return { kind: 'later_released', id, tag: standing.later.tag };
    const unchanged = await sameAsLast(history, snapshot, standing);
    if (unchanged !== null) return unchanged;
  }

  const whole = await readLocalSnapshot(input.output, id);
  if (standing.published !== null) return alreadyPublished(standing.published, whole, id, input, tools);
  if (whole === null) return { kind: 'files_missing', id };
  if (input.dryRun) return { kind: 'due', id };
  return releaseWhole(whole, standing, await sinceLast(history, snapshot, standing, whole), input, tools);
}

async function releaseWhole(
  whole: LocalSnapshot,
  standing: Standing,
  since: Since,
  input: Input,
  tools: Tools,
): Promise<Outcome> {
  const { repository } = tools;
  const id = whole.manifest.snapshot_id;
  const tag = tagOf(id);
  const attestation =
    input.attestation === null ? null : await readAttestation(input.attestation, id, whole.files);
  const plan = await planAssets({ ...whole, attestation, partBytes: input.partBytes });
  const { manifest } = whole;
  const rows = await countRows(whole.folder, manifest.record_count, tools);
  const { parted } = plan;
  const words = releaseWords({
    tag,
    repository: repository.name,
    manifest,
    rows,
    since,
    parted,
    attestation,
  });

  const found = await findOrMakeDraft(repository, tag, words, standing, tools);
  if (found.kind !== 'ok') return failed('making a draft', found);
  if (found.value.kind === 'tagged') return { kind: 'tag_without_release', tag };
  const { draft } = found.value;
  const filled = await fillDraft(repository, draft, plan.assets, tools);
  if (filled.kind !== 'ok') return failed('uploading its files', filled);
  if (filled.value.kind === 'altered') return filled.value;
  tools.signal.throwIfAborted();
  const published = await publishAndCheck(repository, draft, words, plan.assets, tools);
  if (published.kind === 'ok') return outcomeOf(published.value, id, plan, words);
  return failed('publishing the draft', published);
}

function outcomeOf(published: Published, id: string, plan: ReleasePlan, words: ReleaseWords): Outcome {
  const { release } = published;
  if (published.kind === 'otherwise') {
    return { kind: 'published_otherwise', tag: release.tag, url: release.url, names: published.names };
  }
  const bytes = plan.assets.reduce((sum, asset) => sum + asset.bytes, 0);
  return { kind: 'released', id, release, assets: plan.assets.length, bytes, words };
}

/** Compares with the snapshot's files where they are whole here. Of attestations GitHub may have another one. */
async function alreadyPublished(
  release: Release,
  whole: LocalSnapshot | null,
  id: string,
  { partBytes }: Input,
  { repository, ...tools }: Tools,
): Promise<Outcome> {
  const already: Outcome = { kind: 'already', id, url: release.url };
  if (whole === null) return already;
  const { assets } = await planAssets({ ...whole, attestation: null, partBytes });
  const checked = await checkPublished(repository, release, assets, tools);
  if (checked.kind !== 'ok') return failed('looking at its files', checked);
  if (checked.value.kind === 'published') return already;
  const planned = new Set(assets.map(({ name }) => name));
  const names = checked.value.names.filter((name) => planned.has(name));
  return names.length === 0
    ? already
    : { kind: 'published_otherwise', tag: release.tag, url: release.url, names };
}

/** The release before, where the dataset has not changed since, however much newer its checks are. */
async function sameAsLast(history: Db, snapshot: Snapshot, { last }: Standing): Promise<Outcome | null> {
  const before = last && (await findSnapshot(history, last.id));
  if (!last || !before || before.schemaVersion !== snapshot.schemaVersion) return null;
  const changes = await changesBetween(history, before.logSeq, snapshot.logSeq);
  if (Object.keys(changes).length > 0) return null;
  return { kind: 'unchanged', id: snapshot.id, tag: last.release.tag, url: last.release.url };
}

/** What changed since the release before; since the snapshot before, where the history knows nothing of that release. */
async function sinceLast(
  history: Db,
  snapshot: Snapshot,
  { last }: Standing,
  { manifest }: LocalSnapshot,
): Promise<Since> {
  if (last === null) return { release: null, changes: await changesBetween(history, 0, snapshot.logSeq) };
  const before = await findSnapshot(history, last.id);
  const changes = before ? await changesBetween(history, before.logSeq, snapshot.logSeq) : manifest.changes;
  return { release: { tag: last.release.tag, url: last.release.url }, changes };
}

/** How often the dataset changed in which way, after one log number and up to another. */
function changesBetween(history: Db, after: number, until: number): Promise<Since['changes']> {
  return countChanges(history, after, changeKinds, until);
}

function failed(doing: Doing, failure: ReleaseFailure): Outcome {
  return { kind: 'failed', doing, failure };
}
