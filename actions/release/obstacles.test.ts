import { expect, test } from 'vitest';
import type { Standin } from '#github/standin/server.ts';
import { holdingHistory } from '#sql/queries/snapshots.ts';
import { realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { takeOut } from '#sql/testing-rows.ts';
import { report } from './report.ts';
import type { Outcome } from './run.ts';
import {
  byHand,
  exportAndPublish,
  isWholeRelease,
  publishedSnapshot,
  release,
  releasesOf,
} from './testing.ts';

const fresh = freshIndex();

/** The sentence an operator gets. */
function sentence(outcome: Outcome): string {
  const told = report(outcome, { repository: 'ada/index', output: '.dataset' });
  return told.ok ? '' : told.sentence;
}

const requests = {
  list: /^GET .+\/releases$/,
  tag: /^GET .+\/git\/ref\//,
  create: /^POST .+\/releases$/,
  assets: /^GET .+\/assets$/,
  look: /^GET .+\/releases\/\d+$/,
  upload: /^POST .+\/assets$/,
  delete: /^DELETE /,
  publish: /^PATCH /,
};
type Request = keyof typeof requests;

/** Switches faults on for the first of these requests, and off for all others. */
function once(standin: Standin, kind: Request, faults: readonly string[]): (request: string) => void {
  let left = 1;
  return (request) => {
    const now = left > 0 && requests[kind].test(request);
    if (now) left -= 1;
    standin.setFaults(now ? faults : []);
  };
}

const passing: [Request, string][] = [
  ...(['down', 'bad_gateway', 'reset', 'secondary_limit=60'] as const).flatMap((fault) =>
    (Object.keys(requests) as Request[])
      .filter((kind) => kind !== 'delete')
      .map((kind): [Request, string] => [kind, fault]),
  ),
  ...['empty', 'nonsense', 'wrong_shape', 'partial', 'cut'].map((fault): [Request, string] => [
    'assets',
    fault,
  ]),
  ...(['create', 'upload', 'publish'] as const).map((kind): [Request, string] => [kind, 'undelivered']),
  ['upload', 'broken_upload'],
  ['upload', 'asset_other_bytes'],
];
test.each(passing)(
  'a request to %s that meets %s: the run goes on, and the release is whole',
  async (kind, fault) => {
    const { output, standin, repository, folder, tag } = await publishedSnapshot(fresh.db);
    const slept: number[] = [];
    const before = once(standin, kind, [fault]);
    const outcome = await release(fresh.db, standin, { output, repository, slept, before });
    standin.setFaults([]);
    expect(sentence(outcome)).toBe('');
    expect(outcome.kind).toBe('released');
    const releases = await releasesOf(standin, repository);
    expect(releases).toMatchObject([{ tag, draft: false }]);
    expect(releases[0] && (await isWholeRelease(releases[0], folder))).toBe(true);
    if (fault === 'secondary_limit=60') expect(slept).toContain(60_000);
  },
);

const lasting: [string, string, RegExp][] = [
  [
    'down',
    'failed',
    /^GitHub is not answering properly \(status 500\) while listing releases\. Run this again later/,
  ],
  ['nonsense', 'failed', /^GitHub is not answering properly \(an answer of another shape\)/],
  ['rate_limit', 'failed', /^GitHub is limiting our requests\. Run this again in 3600 s/],
  ['bad_credentials', 'failed', /^GitHub does not take the token in GITHUB_TOKEN\./],
  ['no_repository', 'failed', /^GitHub has no repository ada\/index, or does not show it to this token\./],
  [
    'read_only',
    'failed',
    /may not write releases of ada\/index: it needs the permission contents: write\. GitHub says: Resource not accessible by integration$/,
  ],
  ['asset_other_bytes', 'altered', /^GitHub keeps other bytes than were uploaded: SHA256SUMS, urls\.txt, /],
];
test.each(lasting)(
  '%s that lasts: a sentence, and nothing is public; the next run finishes',
  async (fault, kind, words) => {
    const { output, standin, repository, folder } = await publishedSnapshot(fresh.db);
    standin.setFaults([fault]);
    const outcome = await release(fresh.db, standin, { output, repository });
    expect(outcome.kind).toBe(kind);
    expect(sentence(outcome)).toMatch(words);
    standin.setFaults([]);
    expect((await releasesOf(standin, repository)).filter(({ draft }) => !draft)).toEqual([]);
    expect(await release(fresh.db, standin, { output, repository })).toMatchObject({ kind: 'released' });
    const releases = await releasesOf(standin, repository);
    expect(releases).toHaveLength(1);
    expect(releases[0] && (await isWholeRelease(releases[0], folder))).toBe(true);
  },
);

test('where GitHub tells no digest, files are downloaded and hashed', async () => {
  const { output, standin, repository } = await publishedSnapshot(fresh.db);
  standin.setFaults(['no_digest', 'asset_other_bytes']);
  expect(await release(fresh.db, standin, { output, repository })).toMatchObject({ kind: 'altered' });
  standin.setFaults(['no_digest']);
  expect(await release(fresh.db, standin, { output, repository })).toMatchObject({ kind: 'released' });
});

test('a draft of an earlier run is finished: what fits is kept, all else replaced', async () => {
  const { output, standin, repository, tag, folder } = await publishedSnapshot(fresh.db);
  const until = new AbortController();
  let uploads = 0;
  const before = (request: string) => {
    if (requests.upload.test(request) && ++uploads === 4) until.abort(new Error('stopped'));
  };
  const { signal } = until;
  await expect(release(fresh.db, standin, { output, repository, before, signal })).rejects.toThrow('stopped');
  const [draft] = await releasesOf(standin, repository);
  expect(draft).toMatchObject({ tag, draft: true });
  const whole = draft?.assets.filter(({ state }) => state === 'uploaded').length ?? 0;
  expect(whole).toBe(3);
  const [first] = await (await byHand(standin, 'GET', `${repository}/releases`)).json();
  await byHand(standin, 'POST', `${repository}/releases/${first.id}/assets?name=notes.txt`, 'somebody’s');

  const from = standin.requests.length;
  const lines: string[] = [];
  const outcome = await release(fresh.db, standin, { output, repository, lines });
  expect(outcome).toMatchObject({ kind: 'released' });
  const sent = standin.requests
    .slice(from)
    .filter(({ method, path }) => method === 'POST' && path.includes('/assets?'));
  expect(outcome.kind === 'released' && sent.length).toBe(
    outcome.kind === 'released' && outcome.assets - whole,
  );
  expect(lines).toContain('An asset of the draft was not as it should be and is deleted: notes.txt.');
  const [published] = await releasesOf(standin, repository);
  expect(published && (await isWholeRelease(published, folder))).toBe(true);
  expect(published?.assets.map(({ name }) => name)).not.toContain('notes.txt');
});

test('of two drafts the older one is used and the other told of', async () => {
  const { output, standin, repository, tag } = await publishedSnapshot(fresh.db);
  for (const name of ['older', 'younger']) {
    await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, name, draft: true });
  }
  const lines: string[] = [];
  await release(fresh.db, standin, { output, repository, lines });
  expect(await releasesOf(standin, repository)).toMatchObject([
    { name: 'younger', draft: true },
    { draft: false },
  ]);
  expect(lines).toEqual([expect.stringMatching(`^There is another draft of ${tag}: http`)]);
});

test('a tag without a release is somebody else’s: nothing is made', async () => {
  const { output, standin, repository, tag } = await publishedSnapshot(fresh.db);
  await byHand(standin, 'POST', `${repository}/git/refs`, { ref: `refs/tags/${tag}`, sha: 'a'.repeat(40) });
  const outcome = await release(fresh.db, standin, { output, repository });
  expect(sentence(outcome)).toMatch(`The tag ${tag} is in ada/index without a release`);
  expect(await releasesOf(standin, repository)).toEqual([]);
});

test('a release that was deleted while its successor was a draft keeps its tag for good', async () => {
  const { output, standin, repository, tag } = await publishedSnapshot(fresh.db);
  await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, draft: true });
  const made = await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, draft: false });
  await byHand(standin, 'DELETE', `${repository}/releases/${(await made.json()).id}`);
  const outcome = await release(fresh.db, standin, { output, repository });
  expect(sentence(outcome)).toMatch(
    /^The tag of this snapshot belonged to an immutable release that was deleted/,
  );
});

test('a draft that somebody publishes half filled is told of and not touched', async () => {
  const { output, standin, repository, tag } = await publishedSnapshot(fresh.db);
  let uploads = 0;
  const before = async (request: string) => {
    if (!requests.upload.test(request) || ++uploads !== 3) return;
    const [draft] = await (await byHand(standin, 'GET', `${repository}/releases`)).json();
    await byHand(standin, 'PATCH', `${repository}/releases/${draft.id}`, { draft: false });
  };
  const outcome = await release(fresh.db, standin, { output, repository, before });
  expect(sentence(outcome)).toMatch(`${tag} is public, but not with the files of the snapshot: `);
  const from = standin.requests.length;
  const again = await release(fresh.db, standin, { output, repository });
  expect(again.kind).toBe('published_otherwise');
  expect(standin.requests.slice(from).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('an asset of what was published a moment ago is not deleted', async () => {
  const { output, standin, repository, tag } = await publishedSnapshot(fresh.db);
  const made = await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, draft: true });
  const { id } = await made.json();
  await byHand(standin, 'POST', `${repository}/releases/${id}/assets?name=urls.txt`, 'other bytes');
  const before = async (request: string) => {
    if (requests.look.test(request))
      await byHand(standin, 'PATCH', `${repository}/releases/${id}`, { draft: false });
  };
  const outcome = await release(fresh.db, standin, { output, repository, before });
  expect(outcome.kind).toBe('published_otherwise');
  expect(standin.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test('a release of a later snapshot, of another database perhaps: nothing older becomes the latest', async () => {
  const { output, standin, repository } = await publishedSnapshot(fresh.db);
  const tag = 'dataset-2027-01-01T00-00-00-000Z';
  await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, draft: false });
  const outcome = await release(fresh.db, standin, { output, repository });
  expect(sentence(outcome)).toMatch(`${tag} is released, and is newer than dataset-2026-03-01`);
  expect(await releasesOf(standin, repository)).toHaveLength(1);
});

test('a draft that nobody finished is told of, and left', async () => {
  const { output, standin, repository, tag } = await publishedSnapshot(fresh.db);
  await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, draft: true });
  await takeOut(fresh.db, 1, 'withdrawn');
  await exportAndPublish(fresh.db, output);
  const lines: string[] = [];
  await release(fresh.db, standin, { output, repository, lines });
  expect(lines).toEqual([expect.stringMatching(`^A draft of ${tag} was never finished: http`)]);
  expect(await releasesOf(standin, repository)).toMatchObject([{ draft: false }, { tag, draft: true }]);
});

test('more parts than a release takes: refused before anything is made', async () => {
  const { output, standin, repository } = await publishedSnapshot(fresh.db);
  await expect(release(fresh.db, standin, { output, repository, partBytes: 2 })).rejects.toThrow(
    /^The snapshot makes \d+ assets, and GitHub takes 1000 a release\.$/,
  );
  expect(await releasesOf(standin, repository)).toEqual([]);
});

test.skipIf(!realServer)('while another job holds the history, nothing is asked', async () => {
  const { output, standin, repository } = await publishedSnapshot(fresh.db);
  const outcome = await holdingHistory(fresh.db, () => release(fresh.db, standin, { output, repository }));
  expect(outcome).toEqual({ kind: 'busy' });
  expect(standin.requests).toEqual([]);
});
