import { createHash } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import { runningStandin, temporaryGists } from '../testing.ts';

const say = () => {};
const quiet = { debug: say, info: say, warn: say, error: say };
const repo = { owner: 'ada', repo: 'index' };

async function withReleases() {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { standin } = await runningStandin(dir);
  const common = { baseUrl: standin.origin, log: quiet };
  const { repos } = new Octokit({ ...common, auth: 'some-token' }).rest;
  const anonymous = new Octokit(common).rest.repos;
  const draft = async (tag_name: string, more: object = {}) =>
    (await repos.createRelease({ ...repo, tag_name, draft: true, ...more })).data;
  const upload = async (release: { id: number; upload_url: string }, name: string, data: string) =>
    (await repos.uploadReleaseAsset({ ...repo, release_id: release.id, url: release.upload_url, name, data }))
      .data;
  const publish = (release_id: number) => repos.updateRelease({ ...repo, release_id, draft: false });
  return { repos, anonymous, draft, upload, publish };
}

it('goes from draft over assets to a published release anybody can download', async () => {
  const { repos, anonymous, draft, upload, publish } = await withReleases();
  const release = await draft('v1', { name: 'One' });
  const asset = await upload(release, 'rows.ndjson', '{"row":1}\n');
  const digest = `sha256:${createHash('sha256').update('{"row":1}\n').digest('hex')}`;
  expect(asset).toMatchObject({ name: 'rows.ndjson', size: 10, digest, state: 'uploaded' });
  expect((await anonymous.listReleases(repo)).data).toEqual([]);

  const { data: published } = await publish(release.id);
  expect(published).toMatchObject({ draft: false, immutable: true, tag_name: 'v1' });
  const address = published.assets[0]?.browser_download_url ?? '';
  expect(await (await fetch(address)).text()).toBe('{"row":1}\n');
  const latest = `${new URL(address).origin}/ada/index/releases/latest/download/rows.ndjson`;
  expect(await (await fetch(latest)).text()).toBe('{"row":1}\n');
  const octets = { headers: { accept: 'application/octet-stream' } };
  const { data } = await repos.getReleaseAsset({ ...repo, asset_id: asset.id, ...octets });
  expect(Buffer.from(data as unknown as ArrayBuffer).toString()).toBe('{"row":1}\n');
  expect((await anonymous.listReleaseAssets({ ...repo, release_id: release.id })).data).toMatchObject([
    { digest },
  ]);
});

it('never changes the assets or the tag of a published release', async () => {
  const { repos, draft, upload, publish } = await withReleases();
  const release = await draft('v1');
  const asset = await upload(release, 'a.txt', 'a');
  await publish(release.id);
  const refused = { status: 422 };
  await expect(upload(release, 'b.txt', 'b')).rejects.toMatchObject(refused);
  await expect(repos.deleteReleaseAsset({ ...repo, asset_id: asset.id })).rejects.toMatchObject(refused);
  const change = { ...repo, release_id: release.id };
  await expect(repos.updateRelease({ ...change, tag_name: 'v2' })).rejects.toMatchObject(refused);
  await expect(repos.updateRelease({ ...change, draft: true })).rejects.toMatchObject(refused);
  expect((await repos.updateRelease({ ...change, name: 'A better name' })).data.name).toBe('A better name');
});

it('gives a published tag to nobody else', async () => {
  const { draft, publish } = await withReleases();
  const [one, two] = [await draft('v1'), await draft('v1')];
  await publish(one.id);
  const taken = { status: 422, response: { data: { errors: [{ code: 'already_exists' }] } } };
  await expect(publish(two.id)).rejects.toMatchObject(taken);
  await expect(draft('v1')).rejects.toMatchObject(taken);
});

it('lets a draft drop an asset and upload it again, but not twice', async () => {
  const { repos, draft, upload } = await withReleases();
  const release = await draft('v1');
  const asset = await upload(release, 'a.txt', 'half');
  await expect(upload(release, 'a.txt', 'whole')).rejects.toMatchObject({ status: 422 });
  await repos.deleteReleaseAsset({ ...repo, asset_id: asset.id });
  expect((await upload(release, 'a.txt', 'whole')).size).toBe(5);
});

it('finds the latest and the tagged release among published ones, prereleases not being latest', async () => {
  const { anonymous, draft, publish } = await withReleases();
  await expect(anonymous.getLatestRelease(repo)).rejects.toMatchObject({ status: 404 });
  for (const tag of ['v1', 'v2']) await publish((await draft(tag)).id);
  await publish((await draft('v3', { prerelease: true })).id);
  await draft('v4');
  expect((await anonymous.getLatestRelease(repo)).data.tag_name).toBe('v2');
  expect((await anonymous.getReleaseByTag({ ...repo, tag: 'v3' })).data.prerelease).toBe(true);
  await expect(anonymous.getReleaseByTag({ ...repo, tag: 'v4' })).rejects.toMatchObject({ status: 404 });
});

it('lets nobody write without a token', async () => {
  const { anonymous } = await withReleases();
  await expect(anonymous.createRelease({ ...repo, tag_name: 'v1' })).rejects.toMatchObject({ status: 401 });
});
