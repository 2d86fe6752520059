import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { rawLines } from '../../copy/raw-lines.ts';
import type { Survey } from '../../copy/survey.ts';
import type { Place } from '../find/found.ts';
import { lineJudge } from '../find/lines.ts';
import { putAnew } from './anew.ts';

const most = 256 * 1024;

/** Writes a file of lines anew, without those that may not stay; the others keep their bytes and their order. */
export async function rewriteLines(
  copy: string,
  path: string,
  place: Place,
  survey: Survey,
  signal: AbortSignal,
): Promise<void> {
  const judge = lineJudge(place, survey);
  await putAnew(copy, path, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      let pieces: Buffer[] = [];
      let bytes = 0;
      const write = async () => {
        await handle.appendFile(Buffer.concat(pieces));
        pieces = [];
        bytes = 0;
      };
      for await (const line of rawLines(join(copy, path))) {
        signal.throwIfAborted();
        if (judge(line).ground !== null) continue;
        pieces.push(line);
        bytes += line.length;
        if (bytes >= most) await write();
      }
      await write();
    } finally {
      await handle.close();
    }
  });
}
