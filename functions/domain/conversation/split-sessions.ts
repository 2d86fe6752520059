import type { TranscriptEvent } from '../transcript/event.ts';

/** The events of one session of a file, and its ids: a conversation that goes on under another id has several. */
interface Part {
  ids: string[];
  events: TranscriptEvent[];
  /** Whether anything was said yet. */
  said: boolean;
}

/**
 * Sorts a file's events by session. An event that names another session begins one, unless nothing was said yet, or what
 * follows answers a message from before: that is one conversation, told under two ids.
 */
export function splitSessions(events: readonly TranscriptEvent[]): TranscriptEvent[][] {
  let current: Part = { ids: [], events: [], said: false };
  const parts = [current];
  const byId = new Map<string, Part>();
  const byMessage = new Map<string, Part>();
  const byCall = new Map<string, Part>();
  /** Told since another session was named, while it is open whether it begins. */
  let waiting: { id: string | undefined; events: TranscriptEvent[] } | null = null;

  const enter = (part: Part, id: string | undefined) => {
    current = part;
    if (id !== undefined && !byId.has(id)) {
      part.ids.push(id);
      byId.set(id, part);
    }
    for (const event of waiting?.events ?? []) part.events.push(event);
    waiting = null;
  };

  const begin = (): Part => {
    const part = { ids: [], events: [], said: false };
    parts.push(part);
    return part;
  };

  for (const event of events) {
    if (event.kind === 'session') {
      const known = event.id === undefined ? undefined : byId.get(event.id);
      if (known) enter(known, undefined);
      else if (!current.said || (event.id !== undefined && current.ids.length === 0))
        enter(current, event.id);
      else if (event.id === undefined && current.ids.length > 0) enter(current, undefined);
      else {
        waiting ??= { id: event.id, events: [] };
        waiting.id = event.id ?? waiting.id;
        waiting.events.push(event);
        continue;
      }
      current.events.push(event);
      continue;
    }
    const answered = partOf(event, byMessage, byCall);
    if (waiting !== null && answered && event.kind !== 'message') {
      answered.events.push(event);
      continue;
    }
    if (waiting !== null) {
      if (!says(event)) {
        waiting.events.push(event);
        continue;
      }
      enter(answered ?? begin(), waiting.id);
    }
    current.events.push(event);
    current.said ||= says(event);
    if (event.kind === 'message' && event.id !== undefined && !byMessage.has(event.id))
      byMessage.set(event.id, current);
    if (event.kind === 'tool_call' && event.id !== undefined && !byCall.has(event.id))
      byCall.set(event.id, current);
  }
  if (waiting !== null) enter(current, undefined);
  return parts.filter(({ events: own }) => own.length > 0).map(({ events: own }) => own);
}

/** The session that an event goes on with by what it answers. */
function partOf(
  event: TranscriptEvent,
  byMessage: ReadonlyMap<string, Part>,
  byCall: ReadonlyMap<string, Part>,
): Part | undefined {
  const message =
    event.kind === 'message' ? event.parentId : 'messageId' in event ? event.messageId : undefined;
  const call = event.kind === 'tool_result' ? event.callId : undefined;
  if (message !== undefined) return byMessage.get(message);
  return call === undefined ? undefined : byCall.get(call);
}

function says({ kind }: TranscriptEvent): boolean {
  return kind !== 'session' && kind !== 'model' && kind !== 'time' && kind !== 'usage';
}
