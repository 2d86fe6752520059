import { type Answer, failure, json, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import { paginate } from '../http/paging.ts';
import type { World } from '../world.ts';
import { gistAt, gistInList, githubTime, revisionEntry } from './gist-answer.ts';
import type { StandinGist } from './gists-folder.ts';

/** GitHub's answer for a gist it does not show, or null for one it does. */
export function blockedAnswer(gist: StandinGist): Answer | null {
  if (gist.settings.blocked === null) return null;
  const reason = gist.settings.blocked;
  const html_url = reason === 'dmca' ? 'https://github.com/github/dmca' : 'https://github.com/tos';
  const block = { reason, created_at: githubTime(gist.updatedAt), html_url };
  return failure(reason === 'dmca' ? 451 : 403, 'Gist access blocked', { block });
}

function withGist(world: World, asked: Asked, answer: (gist: StandinGist) => Answer): Answer {
  const gist = world.gists.find(asked.param('id'));
  return gist ? (blockedAnswer(gist) ?? answer(gist)) : notFound();
}

const lastModified = (gist: StandinGist) => ({ 'last-modified': new Date(gist.updatedAt).toUTCString() });

/** GET /gists/{id} */
export function showGist(world: World, asked: Asked): Answer {
  return withGist(world, asked, (gist) =>
    json(gistAt(gist, gist.head, asked.version, world), 200, lastModified(gist)),
  );
}

/** GET /gists/{id}/commits, newest first. */
export function listCommits(world: World, asked: Asked): Answer {
  return withGist(world, asked, (gist) => {
    const url = `${world.origin}/gists/${gist.id}/commits`;
    const page = paginate(gist.history, asked.query, url);
    const entries = page.items.map((revision) => revisionEntry(gist, revision, world));
    return json(entries, 200, { ...page.headers, ...lastModified(gist) });
  });
}

/** GET /gists/{id}/{sha}: a revision this process has seen. */
export function showRevision(world: World, asked: Asked): Answer {
  return withGist(world, asked, (gist) => {
    const sha = asked.param('sha');
    if (!/^[0-9a-f]{40}$/.test(sha)) return failure(422, `No commit found for SHA: ${sha}`);
    const revision = gist.history.find(({ version }) => version === sha);
    return revision ? json(gistAt(gist, revision, asked.version, world)) : notFound();
  });
}

/** GET /users/{login}/gists: the public ones, the latest updated first. */
export function listGists(world: World, asked: Asked): Answer {
  const login = world.gists.account(asked.param('login'));
  if (login === undefined) return notFound();
  const since = Date.parse(asked.query.get('since') ?? '');
  const gists = world.gists
    .gistsOf(login)
    .filter((gist) => gist.settings.public && gist.settings.blocked === null)
    .filter((gist) => Number.isNaN(since) || gist.updatedAt > since);
  const page = paginate(gists, asked.query, `${world.origin}/users/${login}/gists`);
  return json(
    page.items.map((gist) => gistInList(gist, asked.version, world)),
    200,
    page.headers,
  );
}
