import { createHash } from 'node:crypto';

/** An object, or what will be one when its parts are put together. */
export interface StoredObject {
  body: Buffer;
  /** Without quotes. */
  etag: string;
  headers: Record<string, string>;
  isPublic: boolean;
}

export type Versioning = 'Enabled' | 'Suspended' | null;

export interface Conditions {
  ifNoneMatch: string | undefined;
  ifMatch: string | undefined;
}

/** Parts but the last have this many bytes at least. */
const smallestPart = 5 * 1024 * 1024;

interface Upload {
  key: string;
  fields: Pick<StoredObject, 'headers' | 'isPublic'>;
  parts: Map<number, Buffer>;
  /** Its answer, once it was completed: asked again, the gateway gives it again. */
  etag?: string;
}

/** What a bucket of Ceph's gateway, in the version of Debian 12, does with objects. An error is its code in S3. */
export class Objects {
  readonly stored = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Upload>();
  versioning: Versioning = null;

  put(
    key: string,
    body: Buffer,
    fields: Upload['fields'],
    { ifNoneMatch, ifMatch }: Conditions,
  ): { etag: string } | { code: string } {
    const there = this.stored.get(key);
    // Where versions are kept, what may only create overwrites.
    if (ifNoneMatch === '*' && there && this.versioning !== 'Enabled') return { code: 'PreconditionFailed' };
    // Compared as it is written: a tag in quotes never fits.
    if (ifMatch !== undefined && there?.etag !== ifMatch) return { code: 'PreconditionFailed' };
    const etag = md5(body).toString('hex');
    this.stored.set(key, { ...fields, body, etag });
    return { etag };
  }

  begin(key: string, fields: Upload['fields']): string {
    const id = `2~${this.#uploads.size + 1}`;
    this.#uploads.set(id, { key, fields, parts: new Map() });
    return id;
  }

  putPart(id: string, number: number, body: Buffer): { etag: string } | { code: string } {
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.etag !== undefined) return { code: 'NoSuchUpload' };
    upload.parts.set(number, body);
    return { etag: md5(body).toString('hex') };
  }

  /** Puts parts together. Conditions are passed over, as the gateway does. */
  complete(id: string, parts: { number: number; etag: string }[]): { etag: string } | { code: string } {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return { code: 'NoSuchUpload' };
    if (upload.etag !== undefined) return { etag: upload.etag };
    const bodies: Buffer[] = [];
    for (const { number, etag } of parts) {
      const body = upload.parts.get(number);
      if (body === undefined || md5(body).toString('hex') !== etag) return { code: 'InvalidPart' };
      bodies.push(body);
    }
    if (bodies.slice(0, -1).some((body) => body.length < smallestPart)) return { code: 'EntityTooSmall' };
    const etag = `${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-${bodies.length}`;
    this.stored.set(upload.key, { ...upload.fields, body: Buffer.concat(bodies), etag });
    upload.etag = etag;
    upload.parts.clear();
    return { etag };
  }
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}
