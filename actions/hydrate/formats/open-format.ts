import type { Shard } from '../../copy/layout.ts';
import type { ListedRow } from '../../copy/listed-row.ts';
import { openMessages } from './messages.ts';
import { openParquet } from './parquet.ts';
import { openSts } from './sts.ts';

export const formats = ['sts', 'messages', 'parquet'] as const;
export type Format = (typeof formats)[number];

/** What was written in a format, all gists together. */
export interface Written {
  sessions: number;
  /** Lines of all files; in Parquet, rows. */
  lines: number;
  bytes: number;
  /** Kind → how many were lost, as `dropped.ndjson` has it session by session. */
  dropped: Record<string, number>;
}

export interface FormatWriter {
  /** Adds a gist's sessions; one gist after another, in the order they are to have. Throws what reading and writing throw. */
  add(row: ListedRow, files: readonly { name: string; path: string }[]): Promise<void>;
  /** Puts what was written in the place of what was there. */
  end(): Promise<Written>;
  /** Leaves what was there, and takes away what was written. */
  abort(): Promise<void>;
}

/**
 * Starts writing the sessions of a copy in a format, into its folder of that name. `files` of `add` are a gist's, with
 * their names in the gist and absolute paths. Holds one gist and, of Parquet, one row group. The same gists give the same
 * bytes. What was there holds until `end`.
 */
export function openFormat(format: Format, copy: string, shard: Shard): Promise<FormatWriter> {
  if (format === 'sts') return openSts(copy, shard);
  return format === 'messages' ? openMessages(copy, shard) : openParquet(copy, shard);
}
