import { createReadStream } from 'node:fs';
import { access, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Dropped } from '#domain/conversation/dropped.ts';
import { jsonLine } from '#domain/json-line.ts';
import { type Shard, shardName } from '../../copy/layout.ts';
import { inShard } from '../in-shard.ts';
import { foldersIn } from '../store/folders.ts';
import { openLines } from './lines-file.ts';

/** A line of `dropped.ndjson`: a session, the file it is in, and what it lost. Of a gist without one, the last are null. */
const droppedLine = z.object({
  gist_id: z.string(),
  record_id: z.string(),
  gist_version: z.string(),
  file: z.string().nullable().describe('Name of the session’s file in the gist'),
  session: z.int().nullable().describe('Which session of the gist it is, from 1'),
  paths: z.array(z.string()).describe('The files beside this one that hold it'),
  dropped: z.record(z.string(), z.int()).describe('Kind → how many'),
});
type DroppedLine = z.infer<typeof droppedLine>;

/** All that is ever taken away: files of the names we give, in a folder of their gists' ids or beside the list. */
const ownPath = /^[0-9a-f]{1,2}\/[0-9a-f]{1,64}(?:-\d{1,9})?\.jsonl$/;
const ownFile =
  /^(?:(dropped)|messages|sessions)(?:-part-\d{5,9})?(?:-(\d+)-of-(\d+))?\.(?:jsonl|parquet|ndjson)(?:\.next)?$/;

/** A format's folder in a copy, while new content for it is made aside. */
export interface FormatFolder {
  /** Where the new files are made. */
  aside: string;
  /** Notes a session, or a gist in which none is recognised. */
  note(line: DroppedLine): Promise<void>;
  dropped: Record<string, number>;
  /** Puts the new files in the place of the old ones. */
  end(card: string): Promise<void>;
  abort(): Promise<void>;
}

/**
 * Begins to make a format's files. A shard replaces what the same shard left, and all that was made in another number of
 * shards, so that no session is there twice.
 */
export async function openFormatFolder(copy: string, name: string, shard: Shard): Promise<FormatFolder> {
  const folders = foldersIn(copy);
  const folder = folders.share(name);
  const aside = join(folders.share('.part/formats'), shardName(`${name}.d`, shard));
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const listName = shardName('dropped.ndjson', shard);
  const list = await openLines(join(aside, listName));
  const dropped: Record<string, number> = {};

  /** Takes away what this run replaces and does not make again. */
  const clear = async () => {
    for (const { name: old, isList, isDivided } of await replaced(folder, shard)) {
      if (isList) {
        for await (const path of pathsIn(join(folder, old)))
          if (
            (!isDivided || inShard(gistIn(path), shard)) &&
            !(await isThere(join(aside, path))) &&
            (await isFolder(dirname(join(folder, path))))
          )
            await rm(join(folder, path), { force: true });
      }
      // The other shards have what is theirs in it to take away, and may be putting new files there.
      if (isList && isDivided && !(await areAllThere(folder, shard))) continue;
      if (!old.startsWith(listName) && !(await isThere(join(aside, old))))
        await rm(join(folder, old), { force: true });
    }
  };

  return {
    aside,
    dropped,
    async note(line) {
      for (const [kind, count] of Object.entries(line.dropped)) dropped[kind] = (dropped[kind] ?? 0) + count;
      await list.write(jsonLine(line));
    },
    async end(card) {
      await list.end();
      await writeFile(join(aside, 'README.md'), card);
      for (const entry of await readdir(aside, { withFileTypes: true }))
        if (entry.isDirectory()) folders.share(`${name}/${entry.name}`);
      await clear();
      // Whatever happens from here on, the list of what may be there is there.
      const next = join(folder, `${listName}.next`);
      await rename(join(aside, listName), next);
      for await (const path of filesIn(aside)) await rename(join(aside, path), join(folder, path));
      await rename(next, join(folder, listName));
      await rm(aside, { recursive: true, force: true });
    },
    async abort() {
      await list.end().catch(() => {});
      await rm(aside, { recursive: true, force: true });
    },
  };
}

/** What is beside the list, of the same shard and of all other divisions, which `isDivided` says. */
async function replaced(
  folder: string,
  { index, of }: Shard,
): Promise<{ name: string; isList: boolean; isDivided: boolean }[]> {
  return (await readdir(folder)).sort().flatMap((name) => {
    const found = ownFile.exec(name);
    if (!found) return [];
    const [, list, oldIndex = '1', oldOf = '1'] = found;
    const isDivided = Number(oldOf) !== of;
    const isOld = isDivided || Number(oldIndex) === index;
    return isOld ? [{ name, isList: list !== undefined, isDivided }] : [];
  });
}

/** Have all other shards of this division put their files there, or begun to? */
async function areAllThere(folder: string, { index, of }: Shard): Promise<boolean> {
  const names = new Set(await readdir(folder));
  const lists = Array.from({ length: of }, (_, at) => shardName('dropped.ndjson', { index: at + 1, of }));
  return lists.every((list, at) => at + 1 === index || names.has(list) || names.has(`${list}.next`));
}

const gistIn = (path: string) => /[0-9a-f]+(?=[^/]*$)/.exec(path)?.[0] ?? '';

/** The files that were made, by their paths. */
async function* filesIn(aside: string): AsyncGenerator<string> {
  for (const entry of (await readdir(aside, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (!entry.isDirectory()) yield entry.name;
    else for (const name of (await readdir(join(aside, entry.name))).sort()) yield `${entry.name}/${name}`;
  }
}

async function* pathsIn(list: string): AsyncGenerator<string> {
  for await (const line of createInterface({
    input: createReadStream(list),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const read = droppedLine.safeParse(parsed(line));
    for (const path of read.success ? read.data.paths : []) if (ownPath.test(path)) yield path;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A link to one is none: what it leads to is not ours. */
function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** What a gist in which no session is recognised, or none that says anything, is noted as. */
export const withoutSession: Dropped = { gists_without_session: 1 };
