import type { TranscriptEvent } from '../transcript/event.ts';

/**
 * The events by which the summary counts a prompt, a command, an answer or a tool call, by the rules of
 * `transcript/summary/`: each message and call once in a file, however often it is told.
 */
export function countedEvents(events: readonly TranscriptEvent[]): ReadonlySet<TranscriptEvent> {
  const counted = new Set<TranscriptEvent>();
  const messages = new Set<string>();
  const calls = new Set<string>();
  const once = (event: TranscriptEvent, known: Set<string>, key: string | undefined) => {
    if (key !== undefined && known.has(key)) return;
    if (key !== undefined) known.add(key);
    counted.add(event);
  };
  for (const event of events) {
    if (event.kind === 'tool_call' && !event.uncounted) once(event, calls, event.id);
    if (event.kind !== 'message' || event.uncounted || event.role === 'system') continue;
    const isUser = event.role === 'user';
    if (isUser && (event.purpose === 'context' || event.subagent !== undefined)) continue;
    once(event, messages, event.id === undefined ? undefined : `${event.role} ${event.id}`);
  }
  return counted;
}
