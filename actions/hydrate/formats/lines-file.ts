import { open } from 'node:fs/promises';

/** A text file that is written line by line, a megabyte at a time. */
export interface LinesFile {
  write(line: string): Promise<void>;
  end(): Promise<void>;
  /** Written so far, in bytes. */
  bytes(): number;
}

const enough = 1024 * 1024;

/** Begins a file; whatever was there is gone. */
export async function openLines(path: string): Promise<LinesFile> {
  const file = await open(path, 'w');
  let held: string[] = [];
  let heldChars = 0;
  let bytes = 0;
  const flush = async () => {
    const text = held.join('');
    held = [];
    heldChars = 0;
    if (text !== '') await file.writeFile(text);
  };
  return {
    async write(line) {
      held.push(line);
      heldChars += line.length;
      bytes += Buffer.byteLength(line);
      if (heldChars >= enough) await flush();
    },
    async end() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
    bytes: () => bytes,
  };
}
