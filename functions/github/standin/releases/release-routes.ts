import { z } from 'zod';
import { type Answer, failure, invalid, json, needsSignIn, noContent, notFound } from '../http/answer.ts';
import { type Asked, readJson } from '../http/asked.ts';
import { paginate } from '../http/paging.ts';
import type { World } from '../world.ts';
import { releaseAnswer } from './release-answer.ts';
import type { Release } from './release-store.ts';

const changes = z.object({
  tag_name: z.string().min(1).optional(),
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
});
const creation = changes.extend({ tag_name: z.string().min(1) });

export const repositoryOf = (asked: Asked) => `${asked.param('owner')}/${asked.param('repo')}`.toLowerCase();

/** Only a token may write; the app's id and secret and nobody may not. */
export const mayWrite = (asked: Asked) => asked.credential.kind === 'token';

/** The answer to somebody who may not write releases: only a token may, and not one that was given no permission to. */
export function refuseWriter(world: World, asked: Asked): Answer | undefined {
  if (!mayWrite(asked)) return needsSignIn();
  return world.faults.active('read_only', 'releases')
    ? failure(403, 'Resource not accessible by integration')
    : undefined;
}

/** The repository's releases as this caller sees them: drafts only for those who may write. */
export function visibleReleases(world: World, asked: Asked): Release[] {
  const writer = refuseWriter(world, asked) === undefined;
  return world.releases.of(repositoryOf(asked)).filter((release) => !release.draft || writer);
}

/** The release the address names by number, if the caller may see it. */
export function askedRelease(world: World, asked: Asked): Release | undefined {
  return visibleReleases(world, asked).find((release) => String(release.id) === asked.param('release'));
}

/** The release people mean by "latest": neither draft nor prerelease. */
export function latestRelease(world: World, asked: Asked): Release | undefined {
  return world.releases
    .of(repositoryOf(asked))
    .filter((release) => !release.draft && !release.prerelease)
    .sort((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0) || b.id - a.id)[0];
}

function show(world: World, release: Release | undefined): Answer {
  return release ? json(releaseAnswer(release, world)) : notFound();
}

const wrongTag = (code: string, message?: string) =>
  invalid([{ resource: 'Release', field: 'tag_name', code, ...(message && { message }) }]);

/** The answer to a tag that is not free: a published one never is again, even without its release. Drafts hold none. */
function refuseTag(world: World, repository: string, tag: string): Answer | undefined {
  const taken = world.releases.of(repository).some((release) => !release.draft && release.tag === tag);
  if (taken) return wrongTag('already_exists');
  return world.releases.wasReleased(repository, tag)
    ? wrongTag('custom', 'tag_name was used by an immutable release')
    : undefined;
}

/** GET /repos/{owner}/{repo}/releases */
export function listReleases(world: World, asked: Asked): Answer {
  const url = `${world.origin}/repos/${repositoryOf(asked)}/releases`;
  const page = paginate(visibleReleases(world, asked), asked.query, url);
  return json(
    page.items.map((release) => releaseAnswer(release, world)),
    200,
    page.headers,
  );
}

/** GET /repos/{owner}/{repo}/releases/{release} */
export function showRelease(world: World, asked: Asked): Answer {
  return show(world, askedRelease(world, asked));
}

/** GET /repos/{owner}/{repo}/releases/latest */
export function showLatest(world: World, asked: Asked): Answer {
  return show(world, latestRelease(world, asked));
}

/** GET /repos/{owner}/{repo}/releases/tags/{tag}: published ones only. */
export function showTag(world: World, asked: Asked): Answer {
  const published = world.releases.of(repositoryOf(asked)).filter((release) => !release.draft);
  return show(
    world,
    published.find((release) => release.tag === asked.param('tag')),
  );
}

/** POST /repos/{owner}/{repo}/releases */
export async function createRelease(world: World, asked: Asked): Promise<Answer> {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const parsed = creation.safeParse(await readJson(asked.stream));
  if (!parsed.success) return wrongTag('missing_field');
  const { tag_name, target_commitish, name, body, draft, prerelease } = parsed.data;
  const repository = repositoryOf(asked);
  const taken = world.releases.of(repository).some((other) => !other.draft && other.tag === tag_name);
  const refusal = taken || !draft ? refuseTag(world, repository, tag_name) : undefined;
  if (refusal) return refusal;
  const login = asked.credential.kind === 'token' ? asked.credential.login : null;
  const release = world.releases.create({
    repository,
    tag: tag_name,
    target: target_commitish ?? 'main',
    name: name ?? null,
    body: body ?? null,
    draft: draft ?? false,
    prerelease: prerelease ?? false,
    author: login ?? asked.param('owner'),
  });
  return json(releaseAnswer(release, world), 201, { location: releaseAnswer(release, world).url });
}

/** PATCH /repos/{owner}/{repo}/releases/{release}: a published one keeps its tag and stays published. */
export async function changeRelease(world: World, asked: Asked): Promise<Answer> {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const parsed = changes.safeParse(await readJson(asked.stream));
  if (!parsed.success) return failure(400, 'Problems parsing JSON');
  const release = askedRelease(world, asked);
  if (!release) return notFound();
  const { tag_name, target_commitish, name, body, draft, prerelease } = parsed.data;
  const tag = tag_name ?? release.tag;
  const becomesDraft = draft ?? release.draft;
  if (!release.draft && (becomesDraft || tag !== release.tag)) {
    return failure(422, 'Cannot change the tag or draft state of an immutable release.');
  }
  const publishes = release.draft && !becomesDraft;
  const refusal = publishes ? refuseTag(world, release.repository, tag) : undefined;
  if (refusal) return refusal;

  release.tag = tag;
  release.target = target_commitish ?? release.target;
  release.name = name ?? release.name;
  release.body = body ?? release.body;
  release.prerelease = prerelease ?? release.prerelease;
  if (publishes) world.releases.publish(release);
  return show(world, release);
}

/** DELETE /repos/{owner}/{repo}/releases/{release}: an immutable one too; its tag stays. */
export function deleteRelease(world: World, asked: Asked): Answer {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const release = askedRelease(world, asked);
  if (!release) return notFound();
  world.releases.remove(release);
  return noContent();
}
