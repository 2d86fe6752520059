import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Shard, shardName } from '../copy/layout.ts';
import type { StatusLine } from '../copy/status-line.ts';

/** The status of a run, which takes the place of the last one's when it is whole. */
export interface StatusFile {
  /** Its name in the copy. */
  readonly name: string;
  add(line: StatusLine): void;
  end(): void;
  abort(): void;
}

const heldText = 64 * 1024;

/** Begins a shard's status file. `parts` is a folder for what is not whole, in the copy. */
export function openStatusFile(copy: string, parts: string, shard: Shard): StatusFile {
  const name = shardName('status.ndjson', shard);
  const path = join(parts, name);
  rmSync(path, { recursive: true, force: true });
  const file = openSync(path, 'wx');
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  let text = '';
  const write = () => {
    const bytes = Buffer.from(text);
    text = '';
    for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
  };
  return {
    name,
    add(line) {
      text += `${JSON.stringify(line)}\n`;
      if (text.length > heldText) write();
    },
    end() {
      write();
      close();
      renameSync(path, join(copy, name));
    },
    abort() {
      close();
      rmSync(path, { force: true });
    },
  };
}
