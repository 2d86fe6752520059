import { type Answer, plainText } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import type { World } from '../world.ts';
import { addressLogin } from './gist-answer.ts';
import { blockedAnswer } from './gist-routes.ts';
import type { StandinGist } from './gists-folder.ts';
import type { TreeFile } from './git-hash.ts';

/** GitHub serves raw files up to this; what it says beyond is not documented, the stand-in says 403. */
const mostBytes = 10 * 1024 * 1024;

const missing = () => plainText('404: Not Found', 404);

function rawFile(world: World, gist: StandinGist, file: TreeFile | undefined): Answer {
  if (!file) return missing();
  if (file.size > mostBytes) return plainText('403: This file is too large to be shown raw.', 403);
  const bytes = world.gists.content(gist, file);
  return bytes
    ? plainText(bytes, 200, { etag: `W/"${file.blob}"`, 'cache-control': 'max-age=300' })
    : missing();
}

function withGist(world: World, asked: Asked, answer: (gist: StandinGist) => Answer): Answer {
  const gist = world.gists.find(asked.param('id'));
  if (!gist || addressLogin(gist).toLowerCase() !== asked.param('login').toLowerCase()) return missing();
  const blocked = blockedAnswer(gist);
  return blocked ? plainText(`${blocked.status}: Access blocked`, blocked.status) : answer(gist);
}

/** GET /{login}/{id}/raw/{sha}/{name}: the sha of the file's bytes, or of a revision. */
export function showPinnedFile(world: World, asked: Asked): Answer {
  return withGist(world, asked, (gist) => {
    const sha = asked.param('sha');
    const named = (file: TreeFile) => file.name === asked.param('name');
    const revision = gist.history.find(({ version }) => version === sha);
    const inHistory = gist.history.flatMap(({ files }) => files);
    const file = revision?.files.find(named) ?? inHistory.find((one) => named(one) && one.blob === sha);
    return rawFile(world, gist, file);
  });
}

/** GET /{login}/{id}/raw/{name}: the file as it is now. A revision in place of the name means its first file. */
export function showCurrentFile(world: World, asked: Asked): Answer {
  return withGist(world, asked, (gist) => {
    const name = asked.param('name');
    const revision = gist.history.find(({ version }) => version === name);
    return rawFile(world, gist, gist.head.files.find((file) => file.name === name) ?? revision?.files[0]);
  });
}

/** GET /{login}/{id}/raw: the first file. */
export function showFirstFile(world: World, asked: Asked): Answer {
  return withGist(world, asked, (gist) => rawFile(world, gist, gist.head.files[0]));
}
