import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stsLines } from '#domain/conversation/sts-lines.ts';
import type { Shard } from '../../copy/layout.ts';
import { stsCard } from './card.ts';
import { addEach } from './each-session.ts';
import { openFormatFolder } from './format-folder.ts';
import type { FormatWriter } from './open-format.ts';

/**
 * STS-Format, a file a conversation: `<aa>/<gist id>.jsonl`, and `<gist id>-2.jsonl` and so on of the gist's further
 * sessions and of subagents. Hugging Face allows 10,000 files a folder.
 */
export async function openSts(copy: string, shard: Shard): Promise<FormatWriter> {
  const folder = await openFormatFolder(copy, 'sts', shard);
  const folders = new Set<string>();
  const written = { sessions: 0, lines: 0, bytes: 0 };
  return {
    add: addEach('sts', folder, async function* ({ gist_id }, sessions) {
      const prefix = gist_id.slice(0, 2);
      let files = 0;
      for (const { session, from } of sessions) {
        const paths: string[] = [];
        for (const thread of session.threads) {
          files += 1;
          const stem = files === 1 ? gist_id : `${gist_id}-${files}`;
          const path = `${prefix}/${stem}.jsonl`;
          const lines = stsLines(thread, from(thread), stem);
          if (!folders.has(prefix)) await mkdir(join(folder.aside, prefix), { recursive: true });
          folders.add(prefix);
          await writeFile(join(folder.aside, path), lines.join(''));
          written.lines += lines.length;
          written.bytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
          paths.push(path);
        }
        written.sessions += 1;
        yield paths;
      }
    }),
    async end() {
      await folder.end(stsCard);
      return { ...written, dropped: folder.dropped };
    },
    abort: folder.abort,
  };
}
