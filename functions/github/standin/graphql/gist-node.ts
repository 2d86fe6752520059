import { isUtf8 } from 'node:buffer';
import { extname } from 'node:path';
import { fileKind } from '../gists/file-kind.ts';
import { addressLogin, githubTime } from '../gists/gist-answer.ts';
import type { StandinGist } from '../gists/gists-folder.ts';
import type { TreeFile } from '../gists/git-hash.ts';
import { standinAccountId, standinUserNodeId } from '../ids.ts';
import type { World } from '../world.ts';

const inlineBytes = 1024 * 1024;

/** An account as a GraphQL node. */
export function userNode(login: string, world: World) {
  const first = world.gists.firstLogin(login);
  const id = standinAccountId(first);
  return {
    __typename: 'User',
    id: standinUserNodeId(first),
    databaseId: id,
    login,
    name: null,
    avatarUrl: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    resourcePath: `/${login}`,
    url: `https://github.com/${login}`,
  };
}

function fileNode(gist: StandinGist, file: TreeFile, world: World) {
  const { language } = fileKind(file.name);
  const content = () => world.gists.content(gist, file) ?? Buffer.alloc(0);
  return {
    name: file.name,
    encodedName: encodeURIComponent(file.name),
    extension: extname(file.name),
    encoding: () => (isUtf8(content()) ? 'UTF-8' : null),
    size: file.size,
    isImage: /\.(png|jpe?g|gif|webp|svg)$/i.test(file.name),
    isTruncated: file.size > inlineBytes,
    language: language === null ? null : { name: language },
    text: ({ truncate }: { truncate?: number | null }) => {
      const text = isUtf8(content()) ? content().toString('utf8') : null;
      return text?.slice(0, Math.min(truncate ?? inlineBytes, inlineBytes)) ?? null;
    },
  };
}

/** A gist as a GraphQL node. `pushedAt` moves with every edit of the files; `updatedAt` also for other reasons. */
export function gistNode(gist: StandinGist, world: World) {
  const ownerHidden = gist.ownerLogin === null || world.faults.active('owner_null', 'graphql');
  return {
    __typename: 'Gist',
    id: gist.nodeId,
    name: gist.id,
    description: gist.settings.description,
    isPublic: gist.settings.public,
    isFork: gist.forkOf !== null,
    owner: ownerHidden ? null : userNode(addressLogin(gist), world),
    createdAt: githubTime(gist.createdAt),
    updatedAt: githubTime(gist.updatedAt),
    pushedAt: githubTime(gist.head.committedAt),
    files: ({ limit }: { limit: number }) =>
      gist.head.files.slice(0, Math.max(0, limit)).map((file) => fileNode(gist, file, world)),
    stargazerCount: 0,
    resourcePath: `/${gist.id}`,
    url: `https://gist.github.com/${addressLogin(gist)}/${gist.id}`,
  };
}
