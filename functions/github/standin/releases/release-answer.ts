import { githubTime } from '../gists/gist-answer.ts';
import { simpleUser } from '../gists/user-answer.ts';
import type { World } from '../world.ts';
import type { Asset, Release } from './release-store.ts';

const tagInAddress = (release: Release) => (release.draft ? release.draftTag : release.tag);

function digestOf({ sha256 }: Asset, world: World): string | null {
  return sha256 === null || world.faults.active('no_digest', 'releases') ? null : `sha256:${sha256}`;
}

/** A release's file as GitHub shows it, with the digest of its bytes. */
export function assetAnswer(asset: Asset, release: Release, world: World) {
  const tag = encodeURIComponent(tagInAddress(release));
  const download = `${world.origin}/${release.repository}/releases/download/${tag}`;
  return {
    url: `${world.origin}/repos/${release.repository}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: `RA_${asset.id}`,
    name: asset.name,
    label: asset.label,
    uploader: simpleUser(release.author, world.origin),
    content_type: asset.contentType,
    state: asset.state,
    size: asset.size,
    digest: digestOf(asset, world),
    download_count: 0,
    created_at: githubTime(asset.createdAt),
    updated_at: githubTime(asset.createdAt),
    browser_download_url: `${download}/${encodeURIComponent(asset.name)}`,
  };
}

/** A release as GitHub shows it. Every published one is immutable. */
export function releaseAnswer(release: Release, world: World) {
  const url = `${world.origin}/repos/${release.repository}/releases/${release.id}`;
  const published = release.publishedAt;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `https://github.com/${release.repository}/releases/tag/${tagInAddress(release)}`,
    id: release.id,
    author: simpleUser(release.author, world.origin),
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    immutable: !release.draft,
    prerelease: release.prerelease,
    created_at: githubTime(release.createdAt),
    updated_at: githubTime(published ?? release.createdAt),
    published_at: published === null ? null : githubTime(published),
    assets: release.assets.map((asset) => assetAnswer(asset, release, world)),
    tarball_url: null,
    zipball_url: null,
    body: release.body,
  };
}
