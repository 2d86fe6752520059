import { join } from 'node:path';
import { chatRecord } from '#domain/conversation/chat-record.ts';
import { jsonLine } from '#domain/json-line.ts';
import type { Shard } from '../../copy/layout.ts';
import { messagesCard } from './card.ts';
import { addEach } from './each-session.ts';
import { openFormatFolder } from './format-folder.ts';
import { openLines } from './lines-file.ts';
import type { FormatWriter } from './open-format.ts';
import { enoughBytes, partName } from './part-name.ts';

/** Chat records, a conversation a line: a session's own, then its subagents'. `most` bytes a file, a record is never cut. */
export async function openMessages(copy: string, shard: Shard, most = enoughBytes): Promise<FormatWriter> {
  const folder = await openFormatFolder(copy, 'messages', shard);
  const written = { sessions: 0, lines: 0, bytes: 0 };
  let part = 1;
  const begin = () => openLines(join(folder.aside, partName('messages.jsonl', part, shard)));
  let file = await begin();
  const finish = async () => {
    await file.end();
    written.bytes += file.bytes();
  };
  return {
    add: addEach('messages', folder, async function* (_, sessions) {
      for (const { session, from } of sessions) {
        const paths = new Set<string>();
        for (const thread of session.threads) {
          const line = jsonLine(chatRecord(thread, from(thread)));
          if (file.bytes() > 0 && file.bytes() + Buffer.byteLength(line) > most) {
            await finish();
            part += 1;
            file = await begin();
          }
          await file.write(line);
          written.lines += 1;
          paths.add(partName('messages.jsonl', part, shard));
        }
        written.sessions += 1;
        yield [...paths];
      }
    }),
    async end() {
      await finish();
      await folder.end(messagesCard);
      return { ...written, dropped: folder.dropped };
    },
    async abort() {
      await file.end().catch(() => {});
      await folder.abort();
    },
  };
}
