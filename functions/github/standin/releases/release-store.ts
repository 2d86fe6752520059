import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file of a release. `path` is where its bytes are. */
export interface Asset {
  id: number;
  name: string;
  label: string;
  contentType: string;
  /** A `starter` is what an upload that broke off leaves behind: it has no bytes, but its name is taken. */
  state: 'starter' | 'uploaded';
  /** Bytes. */
  size: number;
  /** 64 hex digits; null until it is uploaded. */
  sha256: string | null;
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

export type AssetFields = Pick<Asset, 'name' | 'label' | 'contentType'>;
export type ReleaseFields = Omit<Release, 'id' | 'draftTag' | 'createdAt' | 'publishedAt' | 'assets'>;

/** What GitHub takes: bytes an asset must stay below, and assets a release. */
export interface ReleaseLimits {
  assetBytes: number;
  assets: number;
}

export const githubReleaseLimits: ReleaseLimits = { assetBytes: 2 ** 31, assets: 1000 };

/** The releases of one stand-in. Asset bytes are in a temporary folder until `close`. */
export function createReleaseStore(now: () => number, limits: ReleaseLimits) {
  let releases: Release[] = [];
  let folder: Promise<string> | undefined;
  let lastId = 0;
  const nextId = () => ++lastId;
  /** `owner/repository tag`; `used` are those of releases that were published, which GitHub never gives out again. */
  const tags = new Set<string>();
  const used = new Set<string>();
  const published = ({ repository, tag }: Pick<Release, 'repository' | 'tag'>) => {
    tags.add(`${repository} ${tag}`);
    used.add(`${repository} ${tag}`);
  };

  return {
    limits,
    of: (repository: string): Release[] => releases.filter((release) => release.repository === repository),
    hasTag: (repository: string, tag: string): boolean => tags.has(`${repository} ${tag}`),
    wasReleased: (repository: string, tag: string): boolean => used.has(`${repository} ${tag}`),
    makeTag: (repository: string, tag: string): void => void tags.add(`${repository} ${tag}`),

    create(fields: ReleaseFields): Release {
      const publishedAt = fields.draft ? null : now();
      const draftTag = `untagged-${randomBytes(10).toString('hex')}`;
      const release = { ...fields, id: nextId(), draftTag, createdAt: now(), publishedAt, assets: [] };
      releases.unshift(release);
      if (!fields.draft) published(release);
      return release;
    },

    publish(release: Release): void {
      release.draft = false;
      release.publishedAt = now();
      published(release);
    },

    /** Takes a release away, as its owner may; its tag stays. */
    remove(release: Release): void {
      releases = releases.filter((one) => one !== release);
    },

    /** Writes down that a file is being uploaded. */
    begin(release: Release, { name, label, contentType }: AssetFields): Asset {
      const asset: Asset = {
        ...{ id: nextId(), name, label, contentType, state: 'starter', size: 0, sha256: null },
        createdAt: now(),
        path: '',
      };
      release.assets.push(asset);
      return asset;
    },

    /** Takes in a file; null where it was deleted or its release published meanwhile. Until it is whole it is a starter. */
    async attach(
      release: Release,
      file: AssetFields & { content: AsyncIterable<Buffer> },
    ): Promise<Asset | null> {
      const asset = this.begin(release, file);
      folder ??= mkdtemp(join(tmpdir(), 'github-standin-'));
      asset.path = join(await folder, String(asset.id));
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
        createWriteStream(asset.path),
      );
      if (!release.draft || !release.assets.includes(asset)) {
        release.assets = release.assets.filter((one) => one !== asset);
        await rm(asset.path, { force: true });
        return null;
      }
      return Object.assign(asset, { state: 'uploaded', size, sha256: hash.digest('hex') });
    },

    async detach(release: Release, asset: Asset): Promise<void> {
      release.assets = release.assets.filter((one) => one !== asset);
      if (asset.path) await rm(asset.path, { force: true });
    },

    async close(): Promise<void> {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}

export type ReleaseStore = ReturnType<typeof createReleaseStore>;
