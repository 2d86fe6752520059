/** What GitHub shows of a gist; null where it shows none. */
export type Shown = {
  public: boolean;
  fork: boolean;
  ownerId: string | null;
  ownerLogin: string | null;
  url: string;
  revision: string;
} | null;

/** One look at gists, and what came before it. */
export interface Look {
  at: number;
  gists: ReadonlyMap<string, Shown>;
}

interface GistAnswer {
  public: boolean;
  fork_of?: unknown;
  owner: { id: number; login: string } | null;
  html_url: string;
  history: { version: string }[];
  files: Record<string, { filename: string; size: number; raw_url: string }>;
}

/** Asks GitHub for a path as a signed-in stranger; null where it shows nothing. */
async function ask(origin: string, path: string): Promise<GistAnswer | null> {
  const answer = await fetch(`${origin}${path}`, {
    headers: { authorization: 'Bearer a-reader-of-the-dataset' },
  });
  if ([404, 410, 451].includes(answer.status)) return null;
  const body = await answer.json();
  if (answer.status === 403 && body.block) return null;
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return body;
}

/** How these gists stand at GitHub. */
export async function lookAt(origin: string, ids: Iterable<string>, at: number): Promise<Look> {
  const gists = new Map<string, Shown>();
  for (const id of ids) {
    const gist = await ask(origin, `/gists/${id}`);
    gists.set(
      id,
      gist && {
        public: gist.public,
        fork: gist.fork_of !== undefined && gist.fork_of !== null,
        ownerId: gist.owner && String(gist.owner.id),
        ownerLogin: gist.owner?.login ?? null,
        url: gist.html_url,
        revision: gist.history[0]?.version ?? '',
      },
    );
  }
  return { at, gists };
}

/** The files of a gist at a revision, each as `name bytes git-blob-sha`; null where GitHub does not show it. */
export async function filesAt(origin: string, id: string, revision: string): Promise<string[] | null> {
  const gist = await ask(origin, `/gists/${id}/${revision}`);
  return (
    gist &&
    Object.values(gist.files).map(
      ({ filename, size, raw_url }) => `${filename} ${size} ${/\/raw\/([0-9a-f]{40})\//.exec(raw_url)?.[1]}`,
    )
  );
}
