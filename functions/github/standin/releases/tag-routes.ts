import { z } from 'zod';
import { gitBlobSha } from '../gists/git-hash.ts';
import { type Answer, failure, json, notFound } from '../http/answer.ts';
import { type Asked, readJson } from '../http/asked.ts';
import type { World } from '../world.ts';
import { refuseWriter, repositoryOf } from './release-routes.ts';

const refCreation = z.object({ ref: z.string().startsWith('refs/tags/'), sha: z.string() });

function refAnswer(world: World, asked: Asked, tag: string) {
  const url = `${world.origin}/repos/${repositoryOf(asked)}/git`;
  const sha = gitBlobSha(Buffer.from(tag));
  const object = { type: 'commit', sha, url: `${url}/commits/${sha}` };
  return { ref: `refs/tags/${tag}`, node_id: `REF_${sha}`, url: `${url}/refs/tags/${tag}`, object };
}

/** GET /repos/{owner}/{repo}/git/ref/tags/{tag} */
export function showTagRef(world: World, asked: Asked): Answer {
  const tag = asked.param('tag');
  return world.releases.hasTag(repositoryOf(asked), tag) ? json(refAnswer(world, asked, tag)) : notFound();
}

/** POST /repos/{owner}/{repo}/git/refs: tags only. */
export async function createTagRef(world: World, asked: Asked): Promise<Answer> {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const parsed = refCreation.safeParse(await readJson(asked.stream));
  if (!parsed.success) return failure(422, 'Reference name or sha is missing.');
  const tag = parsed.data.ref.slice('refs/tags/'.length);
  if (world.releases.hasTag(repositoryOf(asked), tag)) return failure(422, 'Reference already exists');
  world.releases.makeTag(repositoryOf(asked), tag);
  return json(refAnswer(world, asked, tag), 201);
}
