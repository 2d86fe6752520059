import { z } from 'zod';
import { type ReleaseFailure, readReleaseFailure } from './release-failure.ts';
import { ask, bytesBehind, type ReleaseRepository, send } from './release-repository.ts';

/** A file of a release, as GitHub has it. */
export interface ReleaseAsset {
  id: number;
  name: string;
  bytes: number;
  /** False for what an upload that broke off left behind: it has no content, but its name is taken. */
  uploaded: boolean;
  /** 64 hex digits; null where GitHub tells none. */
  sha256: string | null;
}

export interface Release {
  id: number;
  tag: string;
  draft: boolean;
  /** GitHub lets nobody change it any more. Null where GitHub does not say. */
  immutable: boolean | null;
  /** Its page. */
  url: string;
  uploadUrl: string;
}

export interface ReleaseWords {
  name: string;
  /** Markdown. */
  notes: string;
}

/** What is uploaded: `open` gives its bytes, exactly `bytes` of them. */
export interface AssetContent {
  name: string;
  contentType: string;
  bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

export type ReleaseAnswer<T> = { kind: 'ok'; value: T } | ReleaseFailure;

const releaseAnswer = z
  .object({
    id: z.int().positive(),
    tag_name: z.string().max(500),
    draft: z.boolean(),
    immutable: z.boolean().nullish(),
    html_url: z.url({ protocol: /^https?$/ }).max(2000),
    upload_url: z.string().max(2000),
  })
  .transform(
    (answer): Release => ({
      id: answer.id,
      tag: answer.tag_name,
      draft: answer.draft,
      immutable: answer.immutable ?? null,
      url: answer.html_url,
      uploadUrl: answer.upload_url,
    }),
  );

const assetAnswer = z
  .object({
    id: z.int().positive(),
    name: z.string().max(500),
    size: z.int().min(0),
    state: z.string(),
    digest: z.string().nullish(),
  })
  .transform(
    ({ id, name, size, state, digest }): ReleaseAsset => ({
      id,
      name,
      bytes: size,
      uploaded: state === 'uploaded',
      sha256: /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1] ?? null,
    }),
  );

/** A page holds as many as GitHub gives, and so many pages are more releases than anybody makes. */
const perPage = 100;
const mostPages = 100;

async function listAll<T>(
  repository: ReleaseRepository,
  path: string,
  schema: z.ZodType<T>,
): Promise<ReleaseAnswer<T[]>> {
  const all: T[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await ask(repository, 'GET', path, { per_page: perPage, page }, z.array(schema));
    if (answer.kind !== 'ok') return answer;
    all.push(...answer.value);
    if (answer.value.length < perPage) return { kind: 'ok', value: all };
  }
  return { kind: 'unavailable', retryAfter: 60, why: `more than ${mostPages * perPage} in a list` };
}

/** All releases, drafts too where the token may write; a draft is found in no other way. */
export function listReleases(repository: ReleaseRepository): Promise<ReleaseAnswer<Release[]>> {
  return listAll(repository, '/releases', releaseAnswer);
}

export function showRelease(repository: ReleaseRepository, id: number): Promise<ReleaseAnswer<Release>> {
  return ask(repository, 'GET', `/releases/${id}`, {}, releaseAnswer);
}

/** Every asset, those of broken uploads included. */
export function listAssets(
  repository: ReleaseRepository,
  { id }: Release,
): Promise<ReleaseAnswer<ReleaseAsset[]>> {
  return listAll(repository, `/releases/${id}/assets`, assetAnswer);
}

/** Is there a git tag of this name, with a release or without? */
export async function hasTag(repository: ReleaseRepository, tag: string): Promise<ReleaseAnswer<boolean>> {
  const path = `/git/ref/tags/${encodeURIComponent(tag)}`;
  const answer = await ask(repository, 'GET', path, {}, z.object({ ref: z.string() }));
  if (answer.kind === 'missing') return { kind: 'ok', value: false };
  return answer.kind === 'ok' ? { kind: 'ok', value: true } : answer;
}

/** Makes a draft; its tag comes to be when it is published. GitHub makes another one when asked twice. */
export function createDraft(
  repository: ReleaseRepository,
  tag: string,
  { name, notes }: ReleaseWords,
): Promise<ReleaseAnswer<Release>> {
  return ask(
    repository,
    'POST',
    '/releases',
    { tag_name: tag, name, body: notes, draft: true },
    releaseAnswer,
  );
}

/** Makes a draft public, which cannot be taken back. */
export function publishDraft(
  repository: ReleaseRepository,
  { id, tag }: Release,
  { name, notes }: ReleaseWords,
): Promise<ReleaseAnswer<Release>> {
  const fields = { tag_name: tag, name, body: notes, draft: false, make_latest: 'true' };
  return ask(repository, 'PATCH', `/releases/${id}`, fields, releaseAnswer);
}

/**
 * Uploads a file as it is read. `onBytes` is told of each piece that was handed to the connection. An upload that
 * breaks off may leave an asset that is not `uploaded`.
 */
export function uploadAsset(
  repository: ReleaseRepository,
  release: Release,
  content: AssetContent,
  watch: { onBytes: (bytes: number) => void; signal: AbortSignal },
): Promise<ReleaseAnswer<ReleaseAsset>> {
  return send(repository, release.uploadUrl, content, watch, assetAnswer);
}

/**
 * The one call of this code that deletes. It takes an asset from a draft, because GitHub lets no upload replace one, and
 * a broken upload keeps its name taken. The release is looked at just before: one that is published stays as it is.
 */
export async function deleteDraftAsset(
  repository: ReleaseRepository,
  release: Release,
  asset: ReleaseAsset,
): Promise<ReleaseAnswer<'deleted' | 'published'>> {
  const now = await showRelease(repository, release.id);
  if (now.kind !== 'ok') return now;
  if (!now.value.draft) return { kind: 'ok', value: 'published' };
  const answer = await ask(repository, 'DELETE', `/releases/assets/${asset.id}`, {}, z.unknown());
  return answer.kind === 'ok' || answer.kind === 'missing' ? { kind: 'ok', value: 'deleted' } : answer;
}

/** An asset's bytes, for where GitHub tells no digest. Reading them may throw. */
export async function readAsset(
  repository: ReleaseRepository,
  asset: ReleaseAsset,
  signal: AbortSignal,
): Promise<ReleaseAnswer<AsyncIterable<Uint8Array>>> {
  try {
    return { kind: 'ok', value: await bytesBehind(repository, `/releases/assets/${asset.id}`, signal) };
  } catch (error) {
    return readReleaseFailure(error);
  }
}
