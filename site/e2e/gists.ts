import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claudeSession } from './sessions.ts';

/** A gist on disk, as the stand-in serves it. */
export interface WrittenGist {
  id: string;
  /** Its address at GitHub. */
  url: string;
  login: string;
  title: string;
}

interface GistContent {
  /** The description, which becomes the title. */
  title: string;
  files?: Record<string, string>;
  public?: boolean;
}

/** Writes a gist of `login` into the folder of gists, or edits the one with that name. */
export async function writeGist(
  gists: string,
  login: string,
  name: string,
  { title, files = { 'session.jsonl': claudeSession() }, public: isPublic = true }: GistContent,
): Promise<WrittenGist> {
  const folder = join(gists, login, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.gist.json'), JSON.stringify({ description: title, public: isPublic }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const id = createHash('sha256').update(`${login}/${name}`).digest('hex').slice(0, 32);
  return { id, url: `https://gist.github.com/${login}/${id}`, login, title };
}
