import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import type { StandinOptions } from '../server.ts';
import { runningStandin, temporaryGists } from '../testing.ts';

const say = () => {};
const quiet = { debug: say, info: say, warn: say, error: say };
const repo = { owner: 'ada', repo: 'index' };

async function withReleases(options: Partial<StandinOptions> = {}) {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { standin } = await runningStandin(dir, options);
  const common = { baseUrl: standin.origin, log: quiet };
  const octokit = new Octokit({ ...common, auth: 'some-token' });
  const { repos } = octokit.rest;
  const anonymous = new Octokit(common).rest.repos;
  const draft = async (tag_name: string, more: object = {}) =>
    (await repos.createRelease({ ...repo, tag_name, draft: true, ...more })).data;
  const upload = async (release: { id: number; upload_url: string }, name: string, data: string) =>
    (await repos.uploadReleaseAsset({ ...repo, release_id: release.id, url: release.upload_url, name, data }))
      .data;
  const publish = (release_id: number) => repos.updateRelease({ ...repo, release_id, draft: false });
  return { standin, octokit, repos, anonymous, draft, upload, publish };
}

const sha = 'a'.repeat(40);
const wrong = (resource: string, field: string, code: string) => ({
  status: 422,
  response: { data: { errors: [expect.objectContaining({ resource, field, code })] } },
});

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

it('keeps the name of a file whose upload broke off for a starter, until that is deleted', async () => {
  const { standin, repos, draft, upload } = await withReleases();
  const release = await draft('v1');
  standin.setFaults(['broken_upload']);
  await expect(upload(release, 'a.txt', 'whole')).rejects.toMatchObject({ status: 502 });
  standin.setFaults([]);
  const { data } = await repos.listReleaseAssets({ ...repo, release_id: release.id });
  expect(data).toMatchObject([{ name: 'a.txt', state: 'starter', size: 0, digest: null }]);
  await expect(upload(release, 'a.txt', 'whole')).rejects.toMatchObject(
    wrong('ReleaseAsset', 'name', 'already_exists'),
  );
  await repos.deleteReleaseAsset({ ...repo, asset_id: data[0]?.id ?? 0 });
  expect((await upload(release, 'a.txt', 'whole')).state).toBe('uploaded');
});

it('leaves a starter of an upload whose sender went away', async () => {
  const { standin, repos, draft } = await withReleases();
  const release = await draft('v1');
  const socket = connect(standin.port, '127.0.0.1');
  const lines = ['host: 127.0.0.1', 'authorization: token some-token', 'content-length: 10', '', 'half'];
  socket.write(
    [`POST /repos/ada/index/releases/${release.id}/assets?name=a.txt HTTP/1.1`, ...lines].join('\r\n'),
  );
  const assets = async () => (await repos.listReleaseAssets({ ...repo, release_id: release.id })).data;
  await expect.poll(assets).toMatchObject([{ name: 'a.txt', state: 'starter' }]);
  socket.destroy();
  expect(await assets()).toMatchObject([{ name: 'a.txt', state: 'starter', size: 0 }]);
});

it('refuses files that are empty, too large or too many, and such without a length', async () => {
  const releaseLimits = { assetBytes: 10, assets: 2 };
  const { draft, upload } = await withReleases({ releaseLimits });
  const release = await draft('v1');
  await expect(upload(release, 'a.txt', '')).rejects.toMatchObject(wrong('ReleaseAsset', 'size', 'custom'));
  await expect(upload(release, 'a.txt', '0123456789')).rejects.toMatchObject(
    wrong('ReleaseAsset', 'size', 'custom'),
  );
  await upload(release, 'a.txt', '012345678');
  await upload(release, 'b.txt', 'b');
  await expect(upload(release, 'c.txt', 'c')).rejects.toMatchObject(
    wrong('ReleaseAsset', 'file_count', 'custom'),
  );
  const headers = { authorization: 'token some-token' };
  const withoutLength = { method: 'POST', headers, body: new Blob(['d']).stream(), duplex: 'half' };
  const chunked = await fetch(`${release.url}/assets?name=d.txt`, withoutLength);
  expect(chunked.status).toBe(400);
});

it('renames files as GitHub does', async () => {
  const { draft, upload } = await withReleases();
  const release = await draft('v1');
  expect((await upload(release, '.a file.txt', 'a')).name).toBe('a.file.txt');
});

it('keeps the tag of a deleted release from every other, and makes tags without one', async () => {
  const { octokit, repos, draft, publish } = await withReleases();
  const published = await draft('v1');
  await publish(published.id);
  await repos.deleteRelease({ ...repo, release_id: published.id });
  await expect(repos.getReleaseByTag({ ...repo, tag: 'v1' })).rejects.toMatchObject({ status: 404 });
  await expect(publish((await draft('v1')).id)).rejects.toMatchObject(wrong('Release', 'tag_name', 'custom'));

  const ref = (tag: string) =>
    octokit.request('GET /repos/{owner}/{repo}/git/ref/tags/{tag}', { ...repo, tag });
  expect((await ref('v1')).data.ref).toBe('refs/tags/v1');
  await expect(ref('v2')).rejects.toMatchObject({ status: 404 });
  await octokit.rest.git.createRef({ ...repo, ref: 'refs/tags/v2', sha });
  expect((await ref('v2')).data.ref).toBe('refs/tags/v2');
});

it('does what is asked and does not say so, where an answer is lost', async () => {
  const { standin, repos, draft } = await withReleases();
  standin.setFaults(['undelivered']);
  await expect(draft('v1')).rejects.toMatchObject({ status: 502 });
  standin.setFaults([]);
  expect((await repos.listReleases(repo)).data).toMatchObject([{ tag_name: 'v1', draft: true }]);
});

it('lets a token without the permission neither write nor see drafts', async () => {
  const { standin, repos, draft } = await withReleases();
  await draft('v1');
  standin.setFaults(['read_only']);
  expect((await repos.listReleases(repo)).data).toEqual([]);
  await expect(draft('v2')).rejects.toMatchObject({ status: 403 });
});
