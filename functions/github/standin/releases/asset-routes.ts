import { createReadStream } from 'node:fs';
import { type Answer, failure, invalid, json, noContent, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import { paginate } from '../http/paging.ts';
import type { World } from '../world.ts';
import { assetAnswer } from './release-answer.ts';
import {
  askedRelease,
  latestRelease,
  refuseWriter,
  repositoryOf,
  visibleReleases,
} from './release-routes.ts';
import type { Asset, Release } from './release-store.ts';

const immutable = () => failure(422, 'Cannot upload assets to an immutable release.');
const refused = (field: string, code: string, message?: string) =>
  invalid([{ resource: 'ReleaseAsset', field, code, ...(message && { message }) }]);
const nameTaken = () => refused('name', 'already_exists');

/** As GitHub renames files: other characters than these become a dot, and none is at either end. */
function storedName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '.').replace(/^\.+|\.+$/g, '');
}

/** The answer to an upload GitHub does not take, whatever is in it. */
function refuseUpload(world: World, asked: Asked, release: Release, name: string): Answer | undefined {
  if (!release.draft) return immutable();
  const { assetBytes, assets } = world.releases.limits;
  const length = asked.headers['content-length'];
  if (length === undefined || !/^\d+$/.test(length)) return failure(400, 'Bad Content-Length: ');
  if (name === '') return refused('name', 'custom', 'name is not valid');
  if (Number(length) < 1) return refused('size', 'custom', 'size must be greater than or equal to 1');
  if (Number(length) >= assetBytes) return refused('size', 'custom', `size must be less than ${assetBytes}`);
  if (release.assets.some((asset) => asset.name === name)) return nameTaken();
  if (release.assets.length >= assets) {
    return refused('file_count', 'custom', `file_count limited to ${assets} assets per release`);
  }
  return undefined;
}

/** The bytes that are kept of an upload: its own, but for a fault. */
async function* keptBytes(world: World, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const spoilt = world.faults.active('asset_other_bytes', 'releases') !== undefined;
  for await (const chunk of content) {
    if (spoilt) chunk[0] = (chunk[0] ?? 0) ^ 1;
    yield chunk;
  }
}

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
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const release = askedRelease(world, asked);
  if (!release) return notFound();
  const name = storedName(asked.query.get('name') ?? '');
  const refusal = refuseUpload(world, asked, release, name);
  if (refusal) return refusal;
  const label = asked.query.get('label') ?? '';
  const contentType = asked.headers['content-type'] ?? 'application/octet-stream';
  const file = { name, label, contentType };
  if (world.faults.active('broken_upload', 'releases')) {
    for await (const _ of asked.stream);
    world.releases.begin(release, file);
    return failure(502, 'Bad Gateway');
  }
  const asset = await world.releases.attach(release, { ...file, content: keptBytes(world, asked.stream) });
  if (!asset) return release.draft ? notFound() : immutable();
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
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const found = findAsset(world, asked);
  if (!found) return notFound();
  if (!found.release.draft) return immutable();
  await world.releases.detach(found.release, found.asset);
  return noContent();
}

function download(release: Release | undefined, asked: Asked): Answer {
  const asset = release?.assets.find(({ name }) => name === asked.param('name'));
  return asset?.state === 'uploaded' ? bytesOf(asset) : notFound();
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
