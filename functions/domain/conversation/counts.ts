import type { ChatRecord } from './chat-record.ts';
import type { RowMessage } from './session-row.ts';

/** What a session is counted by. */
export interface Counts {
  user_messages: number;
  assistant_messages: number;
  tool_calls: number;
}

/** The prompts, answers and tool calls in the chat records of one file, as anybody would count them who has nothing else. */
export function countsOfRecords(records: readonly Pick<ChatRecord, 'messages'>[]): Counts {
  const messages = records.flatMap((record) => record.messages).filter(({ name }) => name === undefined);
  const ids = records.flatMap((record) =>
    record.messages.flatMap(({ tool_calls }) => tool_calls?.map(({ id }) => id) ?? []),
  );
  return {
    user_messages: messages.filter(({ role }) => role === 'user').length,
    assistant_messages: messages.filter(({ role, content }) => role === 'assistant' && content !== null)
      .length,
    tool_calls: new Set(ids.filter((id) => !id.startsWith('uncounted-'))).size,
  };
}

/** The same, of the messages in the rows of one file. */
export function countsOfRows(
  messages: readonly Pick<RowMessage, 'role' | 'purpose' | 'counted' | 'tool_calls'>[],
): Counts {
  const counted = messages.filter((message) => message.counted);
  return {
    user_messages: counted.filter(({ purpose }) => purpose === 'prompt').length,
    assistant_messages: counted.filter(({ role }) => role === 'assistant').length,
    tool_calls: messages.flatMap(({ tool_calls }) => tool_calls).filter((call) => call.counted).length,
  };
}
