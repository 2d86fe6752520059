import type { Message, Session } from './conversation.ts';
import type { Provenance } from './provenance.ts';

/** A message as a row holds it: everything that is known of it. */
export interface RowMessage {
  role: Message['role'];
  content: string;
  reasoning: string | null;
  tool_calls: { id: string; name: string; arguments: string; counted: boolean }[];
  tool_call_id: string | null;
  failed: boolean | null;
  /** `prompt`, `command`, `context`, `compaction` or `task`; null of what no user said. */
  purpose: string | null;
  counted: boolean;
  /** Null in the main conversation. */
  subagent: string | null;
  id: string | null;
  parent_id: string | null;
  model: string | null;
  time: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  /** Media types of images and files; `unknown` where the file has none. */
  attachments: string[];
}

export type SessionRow = Provenance & { messages: RowMessage[] };

/** A session as a row of a table: the main conversation's messages, then each subagent's. */
export function sessionRow({ threads }: Session, from: Provenance): SessionRow {
  const messages = threads.flatMap(({ subagent, messages: said }) =>
    said.map((message) => rowMessage(message, subagent)),
  );
  return { ...from, messages };
}

function rowMessage(message: Message, subagent: string | null): RowMessage {
  return {
    role: message.role,
    content: message.content,
    reasoning: message.reasoning,
    tool_calls: message.calls,
    tool_call_id: message.callId,
    failed: message.failed,
    purpose: message.purpose,
    counted: message.counted,
    subagent,
    id: message.id,
    parent_id: message.parentId,
    model: message.model,
    time: message.time,
    input_tokens: message.inputTokens,
    output_tokens: message.outputTokens,
    attachments: message.attachments.map((type) => type ?? 'unknown'),
  };
}
