import {
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { publicAddress } from '#domain/bucket-address.ts';
import type { BucketAccess } from '#domain/environment-values.ts';
import { JobFailure } from '../../failure.ts';
import type { Bucket, Content, Stored, Watch } from '../bucket.ts';
import { s3Client } from './client.ts';
import { bucketFailure, isAnswer } from './failure.ts';
import { md5 } from './md5.ts';
import { objectFields, putMultipart, type Readers } from './multipart.ts';
import { readFrom } from './read-on.ts';
import { readAsStranger } from './stranger.ts';

/** Bytes of one part of a large file; smaller files go in one request. 10,000 parts are the most there can be. */
const partBytes = 16 * 1024 * 1024;

/** A bucket of an S3 service. */
export class S3Bucket implements Bucket {
  readonly title: string;
  readonly publicPlace: string;
  readonly #access: BucketAccess;
  readonly #client: S3Client;
  readonly #partBytes: number;
  readonly #readers: Readers;

  constructor(
    access: BucketAccess,
    options: { client?: S3Client; partBytes?: number; readers?: Readers } = {},
  ) {
    this.#access = access;
    this.#client = options.client ?? s3Client(access);
    this.#partBytes = options.partBytes ?? partBytes;
    this.#readers = options.readers ?? 'everybody';
    this.title = `the bucket ${access.name}`;
    this.publicPlace = publicAddress(access);
  }

  /** In a bucket with versions, Ceph's gateway lets a request that may only create overwrite, and answers 200. */
  async check(): Promise<void> {
    const status = await this.#asked('its settings', () =>
      this.#client
        .send(new GetBucketVersioningCommand({ Bucket: this.#access.name }))
        .then((answer) => answer.Status)
        .catch((error: unknown) => {
          // A policy may withhold the answer, and a service may not know the question.
          if (isAnswer(error, 'AccessDenied', 403) || isAnswer(error, 'NotImplemented', 501))
            return undefined;
          throw error;
        }),
    );
    if (status === 'Enabled') {
      throw new JobFailure(
        `The bucket ${this.#access.name} keeps versions, and such a bucket overwrites what may only be created. Suspend its versioning, or publish in a bucket without.`,
      );
    }
  }

  find(key: string): Promise<Stored | null> {
    return this.#asked(key, async () => {
      try {
        const head = await this.#client.send(new HeadObjectCommand(this.#at(key)));
        return { bytes: head.ContentLength ?? 0, tag: tagOf(head.ETag) };
      } catch (error) {
        if (isAnswer(error, 'NotFound', 404)) return null;
        throw error;
      }
    });
  }

  read(key: string) {
    return this.#asked(key, async () => {
      try {
        const answer = await this.#client.send(new GetObjectCommand(this.#at(key)));
        const stored = { bytes: answer.ContentLength ?? 0, tag: tagOf(answer.ETag) };
        const body = readFrom(this.#client, this.#at(key), answer);
        return { ...stored, body: this.#tellingFailures(key, body) };
      } catch (error) {
        if (isAnswer(error, 'NoSuchKey', 404)) return null;
        throw error;
      }
    });
  }

  readPublic(key: string): Promise<Buffer | null> {
    return this.#asked(key, () => readAsStranger(`${this.publicPlace}/${key}`));
  }

  /**
   * A large file goes in parts, and the request that puts parts together overwrites whatever condition it has: there, what
   * exists is looked for before, and whoever creates files of one name elsewhere at the same time must bring the same bytes.
   */
  async create(key: string, content: Content, watch: Watch): Promise<'created' | 'exists'> {
    if (content.bytes > this.#partBytes) {
      if ((await this.find(key)) !== null) return 'exists';
      await this.#putInParts(key, content, watch);
      return 'created';
    }
    return (await this.#put(key, content, watch, { IfNoneMatch: '*' })) ? 'created' : 'exists';
  }

  async replace(
    key: string,
    content: Content,
    watch: Watch,
    instead?: string | null,
  ): Promise<'replaced' | 'changed'> {
    if (content.bytes > this.#partBytes) {
      if (instead !== undefined && ((await this.find(key))?.tag ?? null) !== instead) return 'changed';
      await this.#putInParts(key, content, watch);
      return 'replaced';
    }
    if (instead === undefined) {
      await this.#put(key, content, watch, {});
      return 'replaced';
    }
    // The gateway compares without quotes, other services with them: what is refused without is asked for with them.
    const conditions =
      instead === null ? [{ IfNoneMatch: '*' }] : [{ IfMatch: instead }, { IfMatch: `"${instead}"` }];
    for (const condition of conditions) {
      if (await this.#put(key, content, watch, condition)) return 'replaced';
    }
    // A request whose answer was lost is sent again, and then refused for what it did the first time.
    const there = (await this.find(key))?.tag;
    return there === md5(await content.slice(0, content.bytes), 'hex') ? 'replaced' : 'changed';
  }

  /** False when the condition does not hold. */
  async #put(
    key: string,
    content: Content,
    watch: Watch,
    condition: { IfNoneMatch?: string; IfMatch?: string },
  ): Promise<boolean> {
    watch.signal.throwIfAborted();
    const Body = await content.slice(0, content.bytes);
    return this.#asked(key, async () => {
      try {
        const input = {
          ...this.#at(key),
          ...objectFields(key, this.#readers),
          ...condition,
          Body,
          ContentMD5: md5(Body),
        };
        await this.#client.send(new PutObjectCommand(input));
      } catch (error) {
        if (isAnswer(error, 'PreconditionFailed', 412)) return false;
        throw error;
      }
      watch.sent(Body.length);
      return true;
    });
  }

  #putInParts(key: string, content: Content, watch: Watch): Promise<void> {
    const how = { partBytes: this.#partBytes, readers: this.#readers };
    return this.#asked(key, () => putMultipart(this.#client, this.#at(key), content, how, watch));
  }

  #at(key: string) {
    return { Bucket: this.#access.name, Key: key };
  }

  async #asked<T>(key: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw bucketFailure(error, this.#access, key);
    }
  }

  async *#tellingFailures(key: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw bucketFailure(error, this.#access, key);
    }
  }
}

/** Some answers quote it, some do not. */
function tagOf(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
