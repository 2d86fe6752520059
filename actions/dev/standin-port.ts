import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (folder: string): string => join(folder, 'standin-port');

/** The port the stand-in of this folder had last; 0, any free one, where it had none. */
export function keptPort(folder: string): number {
  try {
    const port = Number(readFileSync(fileIn(folder), 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}

/** The index keeps addresses of files at the stand-in: they stay good when it comes back where it was. */
export function keepPort(folder: string, port: string): void {
  writeFileSync(fileIn(folder), port);
}
