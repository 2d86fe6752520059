import { jsonLine } from '../json-line.ts';
import type { Message, Thread } from './conversation.ts';
import type { Provenance } from './provenance.ts';

/**
 * A conversation in STS-Format, which Hugging Face's viewer shows: https://huggingface.co/docs/hub/session-traces-format
 * The first line tells of the session, with all of `from`; `stem` is the id of one that has none of its own, and of a
 * subagent's. What a person typed as a prompt has the role `user`; commands and what the agent put in are `system`, with a
 * `purpose`, which our reader knows, and others need not. So has what the summary does not count `uncounted`.
 */
export function stsLines({ messages, subagent }: Thread, from: Provenance, stem: string): string[] {
  const id = subagent === null && from.session_ids?.length === 1 ? from.session_ids[0] : stem;
  const header = {
    type: 'session',
    harness: from.agent ?? 'unknown',
    id,
    name: from.title,
    ...(subagent !== null && { subagent }),
    ...from,
  };
  return [
    header,
    ...messages.map((message) => ({ type: 'message', message: stsMessage(message, subagent) })),
  ].map(jsonLine);
}

function stsMessage(message: Message, subagent: string | null) {
  const { role, purpose, content, reasoning, calls, callId, failed, model } = message;
  const isPutIn = role === 'user' && purpose !== 'prompt' && purpose !== 'task';
  const isUncounted =
    (role === 'assistant' && !message.counted) ||
    (purpose === 'prompt' && !message.counted && subagent === null);
  const timestamp = stsTime(message.time);
  return {
    role: isPutIn ? 'system' : role,
    content,
    ...(isPutIn && { purpose }),
    ...(isUncounted && { uncounted: true }),
    ...(reasoning !== null && reasoning !== '' && { reasoningContent: reasoning }),
    ...(calls.length > 0 && {
      toolCalls: calls.map((call) => ({
        id: call.id,
        function: { name: call.name, arguments: call.arguments },
        ...(!call.counted && { uncounted: true }),
      })),
    }),
    ...(callId !== null && { toolCallId: callId }),
    ...(failed !== null && { isError: failed }),
    ...(timestamp !== null && { timestamp }),
    ...(model !== null && { model }),
  };
}

/** Milliseconds since 1970; null of a local time, because nobody can say which instant it was. */
export function stsTime(time: string | null): number | null {
  if (time === null || !time.endsWith('Z')) return null;
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}
