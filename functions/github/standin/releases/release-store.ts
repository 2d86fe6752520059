import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file of a release. `path` is where its bytes are. */
export interface Asset {
  id: number;
  name: string;
  label: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** 64 hex digits. */
  sha256: string;
  createdAt: number;
  path: string;
}

/** A release; times in epoch milliseconds. */
export interface Release {
  id: number;
  /** `owner/repository`, in lower case. */
  repository: string;
  tag: string;
  /** Stands in for the tag in a draft's addresses. */
  draftTag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  author: string;
  createdAt: number;
  publishedAt: number | null;
  assets: Asset[];
}

export type ReleaseFields = Omit<Release, 'id' | 'draftTag' | 'createdAt' | 'publishedAt' | 'assets'>;

/** The releases of one stand-in. Asset bytes are in a temporary folder until `close`. */
export function createReleaseStore(now: () => number) {
  const releases: Release[] = [];
  let folder: Promise<string> | undefined;
  let lastId = 0;
  const nextId = () => ++lastId;

  return {
    of: (repository: string): Release[] => releases.filter((release) => release.repository === repository),

    create(fields: ReleaseFields): Release {
      const publishedAt = fields.draft ? null : now();
      const draftTag = `untagged-${randomBytes(10).toString('hex')}`;
      const release = { ...fields, id: nextId(), draftTag, createdAt: now(), publishedAt, assets: [] };
      releases.unshift(release);
      return release;
    },

    /** Takes in a file whole; null where a file of that name, or a publication, got there first. */
    async attach(
      release: Release,
      file: { name: string; label: string; contentType: string; content: Readable },
    ): Promise<Asset | null> {
      folder ??= mkdtemp(join(tmpdir(), 'github-standin-'));
      const id = nextId();
      const path = join(await folder, String(id));
      const hash = createHash('sha256');
      let size = 0;
      await pipeline(
        file.content,
        async function* measure(chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            hash.update(chunk);
            size += chunk.length;
            yield chunk;
          }
        },
        createWriteStream(path),
      );
      if (!release.draft || release.assets.some((asset) => asset.name === file.name)) {
        await rm(path);
        return null;
      }
      const { name, label, contentType } = file;
      const asset = {
        id,
        name,
        label,
        contentType,
        size,
        sha256: hash.digest('hex'),
        createdAt: now(),
        path,
      };
      release.assets.push(asset);
      return asset;
    },

    async detach(release: Release, asset: Asset): Promise<void> {
      release.assets = release.assets.filter((one) => one !== asset);
      await rm(asset.path, { force: true });
    },

    async close(): Promise<void> {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}

export type ReleaseStore = ReturnType<typeof createReleaseStore>;
