import type { Message, Thread } from './conversation.ts';
import type { Provenance } from './provenance.ts';

/** A message as OpenAI's chat completions take it: https://platform.openai.com/docs/api-reference/chat/create */
interface ChatMessage {
  role: Message['role'];
  /**
   * Null of an assistant whose file tells calls or thinking here and no message. Such are not among
   * `assistant_messages`, and no more are messages with a `name`.
   */
  content: string | null;
  /** What a message is that is no prompt and no answer: `command`, `context`, `compaction`, `task`, or `uncounted`. */
  name?: string;
  reasoning_content?: string;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

export type ChatRecord = { messages: ChatMessage[]; subagent: string | null } & Provenance;

/**
 * A conversation as a line of training data. Prompts are the messages of role `user` without a name, answers those of
 * role `assistant` with a content and without a name; tool calls are the different ids in all records of a file, those
 * that begin with `uncounted-` aside.
 */
export function chatRecord({ messages, subagent }: Thread, from: Provenance): ChatRecord {
  return { messages: messages.map(chatMessage), ...from, subagent };
}

function chatMessage(message: Message): ChatMessage {
  const { role, content, reasoning, calls, callId } = message;
  const name = nameOf(message);
  return {
    role,
    content: role === 'assistant' && !message.told ? null : content,
    ...(name !== null && { name }),
    ...(reasoning !== null && reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && {
      tool_calls: calls.map((call) => ({
        id: call.id,
        type: 'function' as const,
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
    ...(callId !== null && { tool_call_id: callId }),
  };
}

function nameOf({ role, purpose, counted, told }: Message): string | null {
  if (role === 'user' && purpose !== 'prompt') return purpose;
  return (role === 'user' || role === 'assistant') && told && !counted ? 'uncounted' : null;
}
