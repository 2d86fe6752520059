import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { type SessionRow, sessionRow } from '#domain/conversation/session-row.ts';
import type { Shard } from '../../copy/layout.ts';
import { parquetCard } from './card.ts';
import { addEach } from './each-session.ts';
import { openFormatFolder } from './format-folder.ts';
import type { FormatWriter } from './open-format.ts';
import { columnNames, parquetValue, schema } from './parquet-schema.ts';
import { enoughBytes, partName } from './part-name.ts';

/** A row group ends with the row that reaches one of these. */
const most = { rows: 500, characters: 4_000_000 };

/** Parquet, a session a row. `enough` bytes a file, a session is never cut. */
export async function openParquet(copy: string, shard: Shard, enough = enoughBytes): Promise<FormatWriter> {
  const folder = await openFormatFolder(copy, 'parquet', shard);
  const written = { sessions: 0, lines: 0, bytes: 0 };
  let part = 1;
  let rows: SessionRow[] = [];
  let characters = 0;
  const name = () => partName('sessions.parquet', part, shard);
  const begin = () =>
    new ParquetWriter({
      writer: fileWriter(join(folder.aside, name())),
      schema,
      createdBy: 'openagentsessions',
    });
  let file = begin();

  const flush = async () => {
    if (rows.length === 0) return;
    await file.write({
      columnData: columnNames.map((column) => ({
        name: column,
        data: rows.map((row) => parquetValue(row[column])),
        columnIndex: true,
        // The least and the largest text of a conversation help nobody find it.
        statistics: column !== 'messages',
      })),
      rowGroupSize: rows.length,
    });
    rows = [];
    characters = 0;
  };
  const finish = async () => {
    await flush();
    await file.finish();
    written.bytes += (await stat(join(folder.aside, name()))).size;
  };

  return {
    add: addEach('parquet', folder, async function* (_, sessions) {
      for (const { session, from } of sessions) {
        if (file.writer.offset >= enough) {
          await finish();
          part += 1;
          file = begin();
        }
        const row = sessionRow(session, from());
        rows.push(row);
        characters += sizeOf(row);
        yield [name()];
        if (rows.length >= most.rows || characters >= most.characters) await flush();
        written.sessions += 1;
        written.lines += 1;
      }
    }),
    async end() {
      await finish();
      await folder.end(parquetCard);
      return { ...written, dropped: folder.dropped };
    },
    abort: folder.abort,
  };
}

function sizeOf({ messages }: SessionRow): number {
  return messages.reduce((sum, { content, reasoning, tool_calls }) => {
    const calls = tool_calls.reduce((all, call) => all + call.arguments.length, 0);
    return sum + content.length + (reasoning?.length ?? 0) + calls;
  }, 0);
}
