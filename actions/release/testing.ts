import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Manifest } from '#domain/snapshot.ts';
import { openRepository } from '#github/release-repository.ts';
import type { Standin } from '#github/standin/server.ts';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import type { Database } from '#sql/db.ts';
import { asRole } from '#sql/testing.ts';
import { listGists } from '#sql/testing-rows.ts';
import { exportTo, outputFolder, publishNewest } from '../export/testing.ts';
import { type Input, type Outcome, run, type Tools } from './run.ts';

/** What everybody can see and download of a stand-in's repository, and what its owner sees besides. */
export interface PublicRelease {
  tag: string;
  draft: boolean;
  name: string;
  body: string;
  url: string;
  assets: { name: string; state: string; size: number; digest: string | null; address: string }[];
}

const token = 'some-token';

/** Lists a repository's releases, as one who may write there sees them; not through our own client. */
export async function releasesOf(standin: Standin, repository: string): Promise<PublicRelease[]> {
  const address = `${standin.origin}/repos/${repository}/releases?per_page=100`;
  const answer = await fetch(address, { headers: { authorization: `token ${token}` } });
  const releases: unknown[] = await answer.json();
  return releases.map((release) => readRelease(release as RawRelease));
}

interface RawRelease {
  tag_name: string;
  draft: boolean;
  name: string;
  body: string;
  html_url: string;
  assets: {
    name: string;
    state: string;
    size: number;
    digest: string | null;
    browser_download_url: string;
  }[];
}

function readRelease({ tag_name, html_url, assets, draft, name, body }: RawRelease): PublicRelease {
  return {
    ...{ tag: tag_name, url: html_url, draft, name, body },
    assets: assets.map(({ browser_download_url, ...asset }) => ({ ...asset, address: browser_download_url })),
  };
}

/** Asks the stand-in for something by hand, as a person would on GitHub's pages. */
export async function byHand(
  standin: Standin,
  method: string,
  path: string,
  body?: object | string,
): Promise<Response> {
  return fetch(`${standin.origin}/repos/${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** Downloads every asset of a release into a folder that is gone after the test. */
export async function download(release: PublicRelease): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const { name, address } of release.assets) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${name} cannot be downloaded: ${answer.status}`);
    writeFileSync(join(folder, name), Buffer.from(await answer.arrayBuffer()));
  }
  return folder;
}

interface Options extends Partial<Input>, Partial<Pick<Tools, 'signal' | 'tally'>> {
  output: string;
  repository: string;
  /** Gets what it told. */
  lines?: string[];
  /** Gets the milliseconds it would have waited. */
  slept?: number[];
  /** Asked before each request, which is `METHOD path` without its query; it may switch faults. */
  before?: (request: string) => unknown;
}

/** Runs a release that never waits. */
export async function release(db: Database, standin: Standin, options: Options): Promise<Outcome> {
  const { output, repository: name, lines = [], slept = [], before, ...rest } = options;
  const { attestation = null, partBytes = 1_000_000, dryRun = false, ...watch } = rest;
  const addresses = { apiUrl: standin.origin };
  const repository = openRepository({ addresses, repository: name, token, silenceMs: 10_000 });
  repository.octokit.hook.before('request', async ({ method, url, baseUrl }) => {
    await before?.(`${method} ${new URL(`${baseUrl}${url}`.replace(/\{.*/, '')).pathname}`);
  });
  return run(
    { output, attestation, partBytes, dryRun },
    {
      db: asRole('jobs', db),
      repository,
      sleep: async (milliseconds) => void slept.push(milliseconds),
      log: (line) => lines.push(line),
      tally: () => undefined,
      signal: new AbortController().signal,
      ...watch,
    },
  );
}

/** An export of what is listed, marked as published. */
export async function exportAndPublish(
  db: Database,
  output: string,
): Promise<{ manifest: Manifest; folder: string; tag: string }> {
  const outcome = await exportTo(db, output, { force: true });
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  await publishNewest(db);
  const { manifest } = outcome;
  return { manifest, folder: join(output, manifest.snapshot_dir), tag: `dataset-${manifest.snapshot_id}` };
}

/** A published snapshot of so many gists, and a stand-in without any release. */
export async function publishedSnapshot(db: Database, count = 3) {
  const output = outputFolder();
  await listGists(db, count);
  const snapshot = await exportAndPublish(db, output);
  const { standin } = await runningStandin(temporaryGists({}).dir);
  return { output, standin, repository: 'ada/index', ...snapshot };
}

/** Does this release hold every file of the snapshot, byte for byte, in one asset or in parts? Empty ones need none. */
export async function isWholeRelease(found: PublicRelease, folder: string): Promise<boolean> {
  for (const name of readdirSync(folder)) {
    const assets = found.assets
      .filter((asset) => asset.name === name || asset.name.startsWith(`${name}.part-`))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    if (assets.some(({ state }) => state !== 'uploaded')) return false;
    const contents = assets.map(async ({ address }) =>
      Buffer.from(await (await fetch(address)).arrayBuffer()),
    );
    if (!Buffer.concat(await Promise.all(contents)).equals(readFileSync(join(folder, name)))) return false;
  }
  return true;
}

/** A bundle as `actions/attest` makes them, but for its signature, about files with these hashes. */
export function bundleAbout(hashes: Record<string, string>): string {
  const subject = Object.entries(hashes).map(([name, sha256]) => ({ name, digest: { sha256 } }));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://slsa.dev/provenance/v1',
  };
  return `${JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { certificate: { rawBytes: 'AAAA' } },
    dsseEnvelope: {
      payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: 'AAAA' }],
    },
  })}\n`;
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
