import type { GistsFolder, StandinGist } from '#github/standin/gists/gists-folder.ts';
import { gitBlobSha, revisionOf } from '#github/standin/gists/git-hash.ts';
import { defaultSettings } from '#github/standin/gists/settings.ts';
import { standinAccountId, standinNodeId } from '#github/standin/ids.ts';
import type { ListedGist } from '#sql/testing-gists.ts';
import { gistIdOf } from '#sql/testing-rows.ts';

/** What a made-up gist became since it was listed: by its number, so that everybody agrees on it. */
type Fate = 'as it was' | 'edited' | 'deleted' | 'secret' | 'of another account';

function fateOf(number: number): Fate {
  const rare: Record<number, Fate> = { 11: 'deleted', 13: 'secret', 17: 'of another account' };
  return rare[number % 1000] ?? (number % 100 === 7 ? 'edited' : 'as it was');
}

const gistsAnOwner = 4;
const loginOf = (number: number) => `owner-${Math.floor(number / gistsAnOwner)}`;
const pushedAt = Date.parse('2026-01-01T00:00:00Z');
const name = 'session.jsonl';

const contentOf = (number: number, edited: boolean) =>
  Buffer.from(`{"number":${number},"edited":${edited}}\n`);

function headOf(number: number, edited: boolean) {
  const bytes = contentOf(number, edited);
  const files = [{ name, size: bytes.length, blob: gitBlobSha(bytes) }];
  return { version: revisionOf(gistIdOf(number), files), files };
}

/** The gist with this number as the index has it. */
export function listedGist(number: number): ListedGist {
  const { version, files } = headOf(number, false);
  const login = loginOf(number);
  const gistId = gistIdOf(number);
  return {
    number,
    gist_id: gistId,
    node_id: standinNodeId(login, gistId),
    owner_id: standinAccountId(login),
    owner_login: login,
    gist_url: `https://gist.github.com/${login}/${gistId}`,
    revision: version,
    pushed_at: new Date(pushedAt).toISOString(),
    files: files.map(({ name: file, size, blob }) => ({
      name: file,
      bytes: size,
      git_blob_sha: blob,
      raw_url: `https://gist.githubusercontent.com/${login}/${gistId}/raw/${blob}/${file}`,
    })),
  };
}

/** As many gists, numbered from 1, without a file on disk; `moved`: some of them are not as they were. */
export function madeUpGists(count: number, moved: boolean): GistsFolder {
  const nobody = () => undefined;
  return {
    find(id) {
      const number = Number.parseInt(id, 16);
      const fate = moved ? fateOf(number) : 'as it was';
      return number >= 1 && number <= count && fate !== 'deleted' ? gistNow(number, fate) : undefined;
    },
    gistsOf: () => [],
    account: nobody,
    accounts: () => [],
    firstLogin: (login) => login,
    rename: nobody,
    content: (gist) => {
      const number = Number.parseInt(gist.id, 16);
      return contentOf(number, moved && fateOf(number) === 'edited');
    },
  };
}

function gistNow(number: number, fate: Fate): StandinGist {
  const id = gistIdOf(number);
  const login = loginOf(number);
  const edited = fate === 'edited';
  const committedAt = edited ? pushedAt + 3_600_000 : pushedAt;
  const head = { ...headOf(number, edited), committedAt, change: { additions: 1, deletions: 0 } };
  return {
    id,
    nodeId: standinNodeId(login, id),
    place: { id, login, name: String(number) },
    ownerLogin: fate === 'of another account' ? 'eve' : login,
    forkOf: null,
    settings: { ...defaultSettings, public: fate !== 'secret' },
    history: [head],
    head,
    createdAt: pushedAt,
    updatedAt: committedAt,
  };
}
