import { isUtf8 } from 'node:buffer';
import type { ApiVersion } from '../http/asked.ts';
import type { World } from '../world.ts';
import { fileKind } from './file-kind.ts';
import type { StandinGist } from './gists-folder.ts';
import type { TreeFile } from './git-hash.ts';
import type { Revision } from './history.ts';
import { simpleUser } from './user-answer.ts';

/** GitHub puts this much of a file's content into its answer, and this many files. */
const inlineBytes = 1024 * 1024;
const listedFiles = 300;

/** ISO 8601 in whole seconds, as GitHub writes times. */
export function githubTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The login that stands in a gist's addresses; the folder's, where no owner is named. */
export function addressLogin(gist: StandinGist): string {
  return gist.ownerLogin ?? gist.place.login;
}

function owner(gist: StandinGist, world: World) {
  if (gist.ownerLogin === null || world.faults.active('owner_null', 'gists')) return null;
  return simpleUser(gist.ownerLogin, world.origin, world.gists.firstLogin(gist.ownerLogin));
}

function fileEntry(gist: StandinGist, file: TreeFile, world: World) {
  const { type, language } = fileKind(file.name);
  const address = `${world.origin}/${addressLogin(gist)}/${gist.id}`;
  const raw_url = `${address}/raw/${file.blob}/${encodeURIComponent(file.name)}`;
  return { filename: file.name, type, language, raw_url, size: file.size };
}

/** The first bytes of UTF-8 text, not cut inside a character. */
function startOfText(bytes: Buffer): string {
  let end = Math.min(bytes.length, inlineBytes);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

function fileWithContent(gist: StandinGist, file: TreeFile, world: World) {
  const bytes = world.gists.content(gist, file) ?? Buffer.alloc(0);
  const text = isUtf8(bytes);
  return {
    ...fileEntry(gist, file, world),
    truncated: bytes.length > inlineBytes || bytes.length < file.size,
    content: text ? startOfText(bytes) : bytes.subarray(0, inlineBytes).toString('base64'),
    encoding: text ? 'utf-8' : 'base64',
  };
}

function filesOf<Entry>(files: readonly TreeFile[], entry: (file: TreeFile) => Entry): Record<string, Entry> {
  return Object.fromEntries(files.slice(0, listedFiles).map((file) => [file.name, entry(file)]));
}

function gistFields(gist: StandinGist, files: object, world: World) {
  const url = `${world.origin}/gists/${gist.id}`;
  return {
    url,
    forks_url: `${url}/forks`,
    commits_url: `${url}/commits`,
    id: gist.id,
    node_id: gist.nodeId,
    git_pull_url: `https://gist.github.com/${gist.id}.git`,
    git_push_url: `https://gist.github.com/${gist.id}.git`,
    html_url: `https://gist.github.com/${addressLogin(gist)}/${gist.id}`,
    files,
    public: gist.settings.public,
    created_at: githubTime(gist.createdAt),
    updated_at: githubTime(gist.updatedAt),
    description: gist.settings.description,
    comments: 0,
    comments_enabled: true,
    user: null,
    comments_url: `${url}/comments`,
    owner: owner(gist, world),
  };
}

/** A gist as a list shows it: no content, no history. */
export function gistInList(gist: StandinGist, version: ApiVersion, world: World) {
  const files = filesOf(gist.head.files, (file) => fileEntry(gist, file, world));
  const { user, ...fields } = gistFields(gist, files, world);
  const truncated = gist.head.files.length > listedFiles;
  return version === '2022-11-28' ? { ...fields, user, truncated } : { ...fields, truncated };
}

/** The parent of a fork; where it is gone, only its id and addresses. */
function parentOf(forkOf: string, version: ApiVersion, world: World) {
  const parent = world.gists.find(forkOf);
  if (parent) return gistInList(parent, version, world);
  const id = encodeURIComponent(forkOf);
  const url = `${world.origin}/gists/${id}`;
  return {
    url,
    forks_url: `${url}/forks`,
    commits_url: `${url}/commits`,
    id: forkOf,
    node_id: `G_${Buffer.from(forkOf).toString('base64url')}`,
    git_pull_url: `https://gist.github.com/${id}.git`,
    git_push_url: `https://gist.github.com/${id}.git`,
    html_url: `https://gist.github.com/${id}`,
    files: {},
    public: true,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
    description: null,
    comments: 0,
    user: null,
    comments_url: `${url}/comments`,
    owner: null,
    truncated: false,
  };
}

/** One line of a gist's history, also what `/gists/{id}/commits` lists. */
export function revisionEntry(gist: StandinGist, revision: Revision, world: World) {
  const { additions, deletions } = revision.change;
  return {
    user: owner(gist, world),
    version: revision.version,
    committed_at: githubTime(revision.committedAt),
    change_status: { total: additions + deletions, additions, deletions },
    url: `${world.origin}/gists/${gist.id}/${revision.version}`,
  };
}

/**
 * A gist at one revision, with content. Version 2026-03-10 of the API has neither `history` nor `forks`. The
 * stand-in does not look for forks of a gist, so `forks` is empty.
 */
export function gistAt(gist: StandinGist, revision: Revision, version: ApiVersion, world: World) {
  const files = filesOf(revision.files, (file) => fileWithContent(gist, file, world));
  const older = gist.history.slice(gist.history.indexOf(revision));
  const history = older.map((entry) => revisionEntry(gist, entry, world));
  return {
    ...gistFields(gist, files, world),
    ...(gist.forkOf === null ? {} : { fork_of: parentOf(gist.forkOf, version, world) }),
    ...(version === '2022-11-28' ? { forks: [], history } : {}),
    truncated: revision.files.length > listedFiles,
  };
}
