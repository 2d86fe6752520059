import { z } from 'zod';
import type { Gist } from '#domain/gist.ts';
import { boundFetch, type GitHubReader } from './client.ts';
import { type Failure, readFailure } from './failure.ts';

/** What GitHub says of a gist. Only `missing` means that it is not there; the failures say nothing about it. */
export type GistReading =
  | { kind: 'gist'; gist: Gist; inline: InlineContent }
  | { kind: 'too_large' }
  | Failure;

/** Text of the files GitHub sent along, by name: whole ones only, of at most 1 MB. Never part of a `Gist`. */
export type InlineContent = ReadonlyMap<string, string>;

const account = z.object({ id: z.int().positive(), login: z.string().min(1).max(100) });

const gistFile = z.object({
  filename: z.string().min(1).max(1000),
  size: z.int().min(0),
  raw_url: z.url({ protocol: /^https?$/ }).max(4000),
  truncated: z.boolean().nullish(),
  content: z.string().nullish(),
  encoding: z.string().nullish(),
});

/** The parts of GitHub's `gist-simple` we use: https://docs.github.com/en/rest/gists/gists#get-a-gist */
const gistAnswer = z.object({
  id: z.string().min(1).max(64),
  node_id: z.string().min(1).max(200),
  html_url: z.url({ protocol: /^https?$/ }).max(500),
  description: z.string().nullable(),
  public: z.boolean(),
  fork_of: z.object({ id: z.string() }).nullish(),
  owner: account.nullish(),
  updated_at: z.iso.datetime({ offset: true }),
  truncated: z.boolean().nullish(),
  // By its values alone: a record drops the key `__proto__`, and a file may be called that.
  files: z
    .custom<object>((files) => typeof files === 'object' && files !== null && !Array.isArray(files))
    .transform((files): unknown[] => Object.values(files))
    .pipe(z.array(gistFile)),
  history: z.array(z.object({ version: z.string().regex(/^[0-9a-f]{40}$/) })).min(1),
});

/** Reads a gist at its head revision. Never throws for what GitHub answers. */
export async function readGist(github: GitHubReader, gistId: string): Promise<GistReading> {
  let tooLarge = false;
  const fetch = boundFetch(github.options, () => {
    tooLarge = true;
  });
  try {
    const { data } = await github.octokit.rest.gists.get({ gist_id: gistId, request: { fetch } });
    if (tooLarge) return { kind: 'too_large' };
    const read = toGist(data);
    return read?.gist.id === gistId ? { kind: 'gist', ...read } : { kind: 'unavailable', retryAfter: 60 };
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === 'unavailable') github.options.log(`gist read failed: ${failure.why}`);
    return failure;
  }
}

const commits = z.array(z.object({ version: z.string().regex(/^[0-9a-f]{40}$/) })).min(1);

/** The head revision alone, of a gist whose files are too many to be read. */
export async function readHeadRevision(
  github: GitHubReader,
  gistId: string,
): Promise<{ kind: 'revision'; revision: string } | Failure> {
  const unavailable: Failure = { kind: 'unavailable', retryAfter: 60, why: 'no list of commits' };
  try {
    const { data } = await github.octokit.rest.gists.listCommits({ gist_id: gistId, per_page: 1 });
    const revision = commits.safeParse(data).data?.[0]?.version;
    return revision === undefined ? unavailable : { kind: 'revision', revision };
  } catch (error) {
    return readFailure(error);
  }
}

/** Null when the answer is not a gist, or its files are not named by their git blob. */
function toGist(data: unknown): { gist: Gist; inline: InlineContent } | null {
  const parsed = gistAnswer.safeParse(data);
  if (!parsed.success) return null;
  const answer = parsed.data;
  const files = answer.files.map((file) => ({
    name: file.filename,
    bytes: file.size,
    // The address of a raw file names the git blob, not the commit.
    gitBlobSha: /\/raw\/([0-9a-f]{40})\//.exec(file.raw_url)?.[1] ?? '',
    rawUrl: file.raw_url,
  }));
  const revision = answer.history[0]?.version;
  if (revision === undefined || files.some((file) => file.gitBlobSha === '')) return null;
  const inline = new Map<string, string>();
  for (const { filename, truncated, content, encoding } of answer.files) {
    if (truncated !== true && content != null && encoding !== 'base64') inline.set(filename, content);
  }
  const gist: Gist = {
    id: answer.id,
    nodeId: answer.node_id,
    url: answer.html_url,
    description: answer.description,
    public: answer.public,
    forkOf: answer.fork_of?.id ?? null,
    owner: answer.owner ? { id: String(answer.owner.id), login: answer.owner.login } : null,
    revision,
    updatedAt: answer.updated_at,
    filesTruncated: answer.truncated ?? false,
    files: files.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return { gist, inline };
}
