import { z } from 'zod';
import { boundFetch, type GitHubReader } from './client.ts';
import { type Failure, readFailure } from './failure.ts';

/** A gist as the list of its owner's has it. */
export interface ListedGist {
  id: string;
  url: string;
  description: string | null;
  files: { name: string; bytes: number }[];
  updatedAt: string;
}

export type OwnGistsReading = { kind: 'gists'; gists: ListedGist[]; more: boolean } | Failure;

/** Gists a page: https://docs.github.com/en/rest/gists/gists#list-gists-for-a-user */
const perPage = 30;

const listed = z.object({
  id: z.string().min(1).max(64),
  html_url: z.url({ protocol: /^https?$/ }).max(500),
  description: z.string().nullable(),
  public: z.boolean(),
  owner: z.object({ id: z.int().positive() }).nullish(),
  updated_at: z.iso.datetime({ offset: true }),
  // By its values alone: a record drops the key `__proto__`, and a file may be called that.
  files: z
    .custom<object>((files) => typeof files === 'object' && files !== null && !Array.isArray(files))
    .transform((files): unknown[] => Object.values(files))
    .pipe(z.array(z.object({ filename: z.string().min(1).max(1000), size: z.int().min(0) }))),
});

/**
 * A page, from 1, of the public gists of an account, the latest updated first. GitHub lists them by login, which may
 * belong to somebody else by now: gists of another account id are left out. Never throws for what GitHub answers.
 */
export async function readOwnGists(
  github: GitHubReader,
  owner: { login: string; githubId: string },
  page: number,
): Promise<OwnGistsReading> {
  const fetch = boundFetch(github.options, () => {});
  try {
    const { data, headers } = await github.octokit.rest.gists.listForUser({
      username: owner.login,
      per_page: perPage,
      page,
      request: { fetch },
    });
    if (!Array.isArray(data)) return { kind: 'unavailable', retryAfter: 60 };
    // One that is odd is left out; the others can be chosen all the same.
    const read = data.flatMap((gist) => listed.safeParse(gist).data ?? []);
    if (read.length === 0 && data.length > 0) return { kind: 'unavailable', retryAfter: 60 };
    const own = read.filter((gist) => gist.public && String(gist.owner?.id) === owner.githubId);
    return { kind: 'gists', gists: own.map(toListed), more: /rel="next"/.test(headers.link ?? '') };
  } catch (error) {
    const failure = readFailure(error);
    // An account that was renamed or deleted since it signed in has no gists under its login.
    if (failure.kind === 'missing') return { kind: 'gists', gists: [], more: false };
    if (failure.kind === 'unavailable') github.options.log(`list of gists not read: ${failure.why}`);
    return failure;
  }
}

function toListed(gist: z.infer<typeof listed>): ListedGist {
  return {
    id: gist.id,
    url: gist.html_url,
    description: gist.description,
    files: gist.files.map(({ filename, size }) => ({ name: filename, bytes: size })),
    updatedAt: gist.updated_at,
  };
}
