import { readTranscript } from '../transcript/transcript.ts';
import { chatRecord } from './chat-record.ts';
import type { Session } from './conversation.ts';
import { type Counts, countsOfRecords, countsOfRows } from './counts.ts';
import { type ListedGist, provenance } from './provenance.ts';
import { readSessions } from './read-sessions.ts';
import { sessionRow } from './session-row.ts';
import { stsLines } from './sts-lines.ts';

export const listedGist: ListedGist = {
  gist_id: 'a'.repeat(32),
  gist_version: 'b'.repeat(40),
  gist_url: `https://gist.github.com/ada/${'a'.repeat(32)}`,
  gist_owner_login: 'ada',
  license: 'CC0-1.0',
  record_id: 'r1',
  seq: 7,
  title: 'The pond',
};

/** Reads a whole file's text. */
export function sessionsIn(text: string) {
  const sessions = readSessions();
  sessions.push(text);
  return sessions.end();
}

/** What sessions of one file become in each format. */
export function written(sessions: readonly Session[]) {
  const from = (session: Session, i: number, part: Pick<Session, 'derived'> = session) =>
    provenance(listedGist, { file: 'session.jsonl', session: i + 1, branches: 0 }, part.derived);
  return {
    records: sessions.flatMap((session, i) =>
      session.threads.map((thread) => chatRecord(thread, from(session, i, thread))),
    ),
    sts: sessions.flatMap((session, i) =>
      session.threads.map((thread, n) =>
        stsLines(thread, from(session, i, thread), `stem-${i}-${n}`).join(''),
      ),
    ),
    rows: sessions.map((session, i) => sessionRow(session, from(session, i))),
  };
}

/** What is counted in each format again. */
export function countsIn(sessions: readonly Session[]): Record<'messages' | 'parquet' | 'sts', Counts> {
  const { records, rows, sts } = written(sessions);
  const back = sts.map((text) => {
    const transcript = readTranscript();
    transcript.push(text);
    return transcript.end().summary;
  });
  const sum = (count: (summary: (typeof back)[number]) => number | null | undefined) =>
    back.reduce((all, summary) => all + (count(summary) ?? Number.NaN), 0);
  return {
    messages: countsOfRecords(records),
    parquet: countsOfRows(rows.flatMap(({ messages }) => messages)),
    sts: {
      user_messages: sum((summary) => summary?.userMessages),
      assistant_messages: sum((summary) => summary?.assistantMessages),
      tool_calls: sum((summary) => summary?.toolCalls),
    },
  };
}
