/**
 * Where snapshots are published: keys like `latest/manifest.json`, and the bytes behind them, which anybody may read.
 * There is no way to delete anything. All methods throw JobFailure, with a sentence, where the bucket will not do it.
 */
export interface Bucket {
  /** What sentences call it. */
  readonly title: string;
  /** Where everybody reads it: an address or a folder, without a slash at its end. */
  readonly publicPlace: string;
  /** Refuses a place in which files can be changed that were to be created once; writes nothing. */
  check(): Promise<void>;
  /** What is there under a key; null when nothing is. */
  find(key: string): Promise<Stored | null>;
  /** The bytes under a key, piece by piece; null when nothing is there. */
  read(key: string): Promise<ReadableFile | null>;
  /** The bytes under a key as a stranger gets them, for files that fit into memory; null when a stranger gets none. */
  readPublic(key: string): Promise<Buffer | null>;
  /** Puts bytes where nothing is yet: what exists stays as it is. */
  create(key: string, content: Content, watch: Watch): Promise<'created' | 'exists'>;
  /**
   * Puts bytes in place of others: readers get the old ones whole or the new ones whole. `instead` is the tag that has to
   * be there, null for nothing at all; where something else is, it stays. Left out: whatever is there.
   */
  replace(
    key: string,
    content: Content,
    watch: Watch,
    instead?: string | null,
  ): Promise<'replaced' | 'changed'>;
}

export interface Stored {
  bytes: number;
  /** Another for other bytes. */
  tag: string;
}

export interface ReadableFile extends Stored {
  body: AsyncIterable<Uint8Array>;
}

/** Bytes to be published. */
export interface Content {
  bytes: number;
  /** The bytes from one place up to another. */
  slice(from: number, to: number): Promise<Buffer>;
}

export interface Watch {
  /** Called with how many more bytes have been written. */
  sent(bytes: number): void;
  /** Ends the work between two pieces, by throwing its reason. */
  signal: AbortSignal;
}
