import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gitBlobSha, revisionOf } from '#github/standin/gists/git-hash.ts';
import { standinGistId } from '#github/standin/ids.ts';
import { writeSession } from '../inspect/session.ts';

const name = 'session.jsonl';
const median = 20_000;
/** Of the sizes' logarithms: the mean is twice the median, and of a thousand gists one has about a megabyte. */
const spread = 1.18;
const largest = 4_000_000;
const gistsAnOwner = 25;

/** A gist that the stand-in serves from a folder, as the snapshot lists it. */
export interface ServedGist {
  gistId: string;
  login: string;
  revision: string;
  file: { name: string; bytes: number; git_blob_sha: string; rawPath: string };
}

/** Writes `count` invented sessions to `dir/<login>/<name>/`, the same ones every time, and tells of each. */
export async function writeGists(dir: string, count: number): Promise<ServedGist[]> {
  const long = join(dir, 'long.jsonl');
  await mkdir(dir, { recursive: true });
  await writeSession(long, largest);
  const text = await readFile(long);
  const served: ServedGist[] = [];
  for (let number = 0; number < count; number += 1) {
    const login = `owner-${Math.floor(number / gistsAnOwner)}`;
    const folder = join(dir, login, String(number));
    const gistId = standinGistId(login, String(number));
    const size = Math.min(largest - 100_000, Math.round(median * Math.exp(spread * normal(number, count))));
    const bytes = Buffer.concat([
      Buffer.from(`{"type":"summary","summary":"Session ${number}"}\n`),
      text.subarray(0, text.indexOf('\n', size) + 1),
    ]);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    const sha = gitBlobSha(bytes);
    const revision = revisionOf(gistId, [{ name, size: bytes.length, blob: sha }]);
    const rawPath = `/${login}/${gistId}/raw/${sha}/${name}`;
    served.push({ gistId, login, revision, file: { name, bytes: bytes.length, git_blob_sha: sha, rawPath } });
  }
  return served;
}

/** As many numbers as there are gists, spread as by chance and mixed: https://en.wikipedia.org/wiki/Normal_distribution#Generating_values_from_normal_distribution */
function normal(number: number, count: number): number {
  const even = (factor: number) => (((number + 1) * factor) % count) / count + 0.5 / count;
  const [one, other] = [even(7919), even(104_729)];
  return Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other);
}
