import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { type Counts, countsOfRecords, countsOfRows } from '#domain/conversation/counts.ts';
import { readTranscript } from '#domain/transcript/transcript.ts';
import type { Format } from '../hydrate/formats/open-format.ts';

const listed = z.object({ gist_id: z.string(), paths: z.array(z.string()) });
const record = z.object({
  gist_id: z.string(),
  messages: z.array(
    z.object({
      role: z.enum(['user', 'assistant', 'system', 'tool']),
      content: z.string().nullable(),
      name: z.string().optional(),
      tool_calls: z
        .array(
          z.object({
            id: z.string(),
            type: z.literal('function'),
            function: z.object({ name: z.string(), arguments: z.string() }),
          }),
        )
        .optional(),
    }),
  ),
});
const row = z.object({
  gist_id: z.string(),
  messages: z.array(
    z.object({
      role: z.enum(['user', 'assistant', 'system', 'tool']),
      purpose: z.string().nullish(),
      counted: z.boolean(),
      tool_calls: z
        .array(z.object({ id: z.string(), name: z.string(), arguments: z.string(), counted: z.boolean() }))
        .nullish(),
    }),
  ),
});

/** The counts of each gist, by its id, as somebody finds them who has only what was written in a format. */
export async function countBack(copy: string, format: Format): Promise<Map<string, Counts>> {
  const folder = join(copy, format);
  if (format === 'sts') return countSts(folder);
  if (format === 'messages') {
    const lines = await linesOf(join(folder, 'messages.jsonl'));
    return byGist(
      lines.map((line) => record.parse(JSON.parse(line))),
      (records) => countsOfRecords(records),
    );
  }
  const file = await asyncBufferFromFile(join(folder, 'sessions.parquet'));
  const rows = (await parquetReadObjects({ file })).map((found) => row.parse(found));
  return byGist(rows, (found) =>
    countsOfRows(
      found
        .flatMap(({ messages }) => messages)
        .map((message) => ({
          ...message,
          purpose: message.purpose ?? null,
          tool_calls: message.tool_calls ?? [],
        })),
    ),
  );
}

async function countSts(folder: string): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  for (const line of await linesOf(join(folder, 'dropped.ndjson'))) {
    const { gist_id, paths } = listed.parse(JSON.parse(line));
    for (const path of paths) {
      const transcript = readTranscript();
      transcript.push(await readFile(join(folder, path), 'utf8'));
      const { summary } = transcript.end();
      const known = counts.get(gist_id);
      counts.set(gist_id, {
        user_messages: (known?.user_messages ?? 0) + (summary?.userMessages ?? Number.NaN),
        assistant_messages: (known?.assistant_messages ?? 0) + (summary?.assistantMessages ?? Number.NaN),
        tool_calls: (known?.tool_calls ?? 0) + (summary?.toolCalls ?? Number.NaN),
      });
    }
  }
  return counts;
}

function byGist<Told extends { gist_id: string }>(
  told: readonly Told[],
  count: (of: Told[]) => Counts,
): Map<string, Counts> {
  const groups = new Map<string, Told[]>();
  for (const each of told) {
    const group = groups.get(each.gist_id);
    if (group) group.push(each);
    else groups.set(each.gist_id, [each]);
  }
  return new Map([...groups].map(([id, group]) => [id, count(group)]));
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
}
