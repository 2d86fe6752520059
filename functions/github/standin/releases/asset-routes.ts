import { createReadStream } from 'node:fs';
import { type Answer, failure, invalid, json, needsSignIn, noContent, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import { paginate } from '../http/paging.ts';
import type { World } from '../world.ts';
import { assetAnswer } from './release-answer.ts';
import { askedRelease, latestRelease, mayWrite, repositoryOf, visibleReleases } from './release-routes.ts';
import type { Asset, Release } from './release-store.ts';

const immutable = () => failure(422, 'Cannot change the assets of an immutable release.');
const nameTaken = () => invalid([{ resource: 'ReleaseAsset', field: 'name', code: 'already_exists' }]);

function bytesOf(asset: Asset): Answer {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(asset.size),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(asset.name)}`,
  };
  return { status: 200, headers, body: createReadStream(asset.path) };
}

function findAsset(world: World, asked: Asked): { release: Release; asset: Asset } | undefined {
  for (const release of visibleReleases(world, asked)) {
    const asset = release.assets.find(({ id }) => String(id) === asked.param('asset'));
    if (asset) return { release, asset };
  }
  return undefined;
}

/** GET /repos/{owner}/{repo}/releases/{release}/assets */
export function listAssets(world: World, asked: Asked): Answer {
  const release = askedRelease(world, asked);
  if (!release) return notFound();
  const url = `${world.origin}/repos/${release.repository}/releases/${release.id}/assets`;
  const page = paginate(release.assets, asked.query, url);
  return json(
    page.items.map((asset) => assetAnswer(asset, release, world)),
    200,
    page.headers,
  );
}

/** POST /repos/{owner}/{repo}/releases/{release}/assets?name=: the body is the file, of any size. */
export async function uploadAsset(world: World, asked: Asked): Promise<Answer> {
  if (!mayWrite(asked)) return needsSignIn();
  const release = askedRelease(world, asked);
  if (!release) return notFound();
  const name = asked.query.get('name') ?? '';
  if (name === '' || name.includes('/')) {
    return invalid([{ resource: 'ReleaseAsset', field: 'name', code: 'custom' }]);
  }
  if (!release.draft) return immutable();
  if (release.assets.some((asset) => asset.name === name)) return nameTaken();
  const asset = await world.releases.attach(release, {
    name,
    label: asked.query.get('label') ?? '',
    contentType: asked.headers['content-type'] ?? 'application/octet-stream',
    content: asked.stream,
  });
  if (!asset) return release.draft ? nameTaken() : immutable();
  return json(assetAnswer(asset, release, world), 201);
}

/** GET /repos/{owner}/{repo}/releases/assets/{asset}: its bytes where octets are asked for, else what it is. */
export function showAsset(world: World, asked: Asked): Answer {
  const found = findAsset(world, asked);
  if (!found) return notFound();
  if (asked.headers.accept?.includes('application/octet-stream')) return bytesOf(found.asset);
  return json(assetAnswer(found.asset, found.release, world));
}

/** DELETE /repos/{owner}/{repo}/releases/assets/{asset}: of drafts only. */
export async function deleteAsset(world: World, asked: Asked): Promise<Answer> {
  if (!mayWrite(asked)) return needsSignIn();
  const found = findAsset(world, asked);
  if (!found) return notFound();
  if (!found.release.draft) return immutable();
  await world.releases.detach(found.release, found.asset);
  return noContent();
}

function download(release: Release | undefined, asked: Asked): Answer {
  const asset = release?.assets.find(({ name }) => name === asked.param('name'));
  return asset ? bytesOf(asset) : notFound();
}

/** GET /{owner}/{repo}/releases/download/{tag}/{name}: what `browser_download_url` leads to. */
export function downloadAsset(world: World, asked: Asked): Answer {
  const published = world.releases.of(repositoryOf(asked)).filter((release) => !release.draft);
  return download(
    published.find((release) => release.tag === asked.param('tag')),
    asked,
  );
}

/** GET /{owner}/{repo}/releases/latest/download/{name} */
export function downloadLatest(world: World, asked: Asked): Answer {
  return download(latestRelease(world, asked), asked);
}
