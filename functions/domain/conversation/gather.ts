import type { MessageEvent, TranscriptEvent } from '../transcript/event.ts';
import { saysMore } from './arguments-text.ts';
import { addResult, addText, type Draft, type DraftCall, draft, purposeOf } from './draft.ts';

type Event<Kind extends TranscriptEvent['kind']> = Extract<TranscriptEvent, { kind: Kind }>;

/**
 * Gathers the events of one conversation to messages. Parts with one id become one message. Thinking and calls that name
 * no message belong to the answer that is being given: the one begun since a tool or a person spoke last, or one that
 * only they tell of. `counted` are the file's events that count. `branches`: how often a prompt goes back.
 */
export function gather(
  events: readonly TranscriptEvent[],
  counted: ReadonlySet<TranscriptEvent>,
): { drafts: Draft[]; branches: number } {
  const drafts: Draft[] = [];
  const byId = new Map<string, Draft>();
  const calls = new Map<string, { message: Draft; call: DraftCall; result: Draft | null }>();
  const orphans = new Map<string, Draft>();
  /** Calls without a result, in their order, since a person spoke last: what a result is of that names none. */
  let unanswered = new Map<DraftCall, Draft>();
  const answered = new Set<string>();
  let branches = 0;
  /** The answer that is being given. */
  let open: Draft | null = null;
  let thoughts: Event<'thinking'>[] = [];

  const add = (message: Draft): Draft => {
    drafts.push(message);
    return message;
  };

  const think = (message: Draft, told: readonly Event<'thinking'>[]) => {
    for (const { text } of told) {
      message.thoughts ??= new Set();
      if (text !== '') message.thoughts.add(text);
    }
  };

  /** The answer's turn is over: what was thought last is its own, or all there is of one. */
  const close = () => {
    // Thinking that is kept secret says nothing by itself.
    const said = thoughts.find(({ text }) => text !== '');
    if (open) think(open, thoughts);
    else if (said) think(add(draft('assistant', said, { told: false })), thoughts);
    thoughts = [];
    open = null;
  };

  const answerOf = (messageId: string | undefined, event: TranscriptEvent): Draft => {
    const known = messageId === undefined ? open : byId.get(`assistant ${messageId}`);
    const message = known ?? add(draft('assistant', event, { told: false, id: messageId }));
    if (!known && messageId !== undefined) byId.set(`assistant ${messageId}`, message);
    if (message === drafts.at(-1)) open = message;
    think(message, thoughts);
    thoughts = [];
    return message;
  };

  const takeMessage = (event: MessageEvent) => {
    const { role, id, parentId } = event;
    const purpose = purposeOf(event);
    const key = id === undefined ? undefined : `${purpose === 'context' ? purpose : role} ${id}`;
    let message = key === undefined ? undefined : byId.get(key);
    if (purpose === 'prompt' || purpose === 'command') unanswered = new Map();
    if (role !== 'assistant') close();
    else if (message && message !== open) close();
    if (!message) {
      const isTyped = purpose === 'prompt' || purpose === 'command';
      if (isTyped && parentId !== undefined && answered.has(parentId)) branches += 1;
      message = add(draft(role, event, { purpose, id, parentId }));
      if (key !== undefined) byId.set(key, message);
      if (role === 'assistant') {
        open = message;
        think(message, thoughts);
        thoughts = [];
      }
    }
    if (parentId !== undefined && purpose !== 'context') answered.add(parentId);
    message.told = true;
    message.model ??= event.model;
    message.parentId ??= parentId;
    if (counted.has(event)) {
      message.counted = true;
      message.purpose = purpose;
    }
    addText(message, event.text);
  };

  const takeCall = (event: Event<'tool_call'>) => {
    const { id, name, input } = event;
    const known = id === undefined ? undefined : calls.get(id);
    if (known && saysMore(input, known.call.input)) {
      Object.assign(known.call, { name, input, counted: known.call.counted || counted.has(event) });
      return;
    }
    const message = answerOf(event.messageId, event);
    const call = { id, name, input, counted: counted.has(event) };
    message.calls.push(call);
    unanswered.set(call, message);
    if (id !== undefined) calls.set(id, { message, call, result: null });
  };

  const takeResult = (event: Event<'tool_result'>) => {
    close();
    const { callId, text, failed } = event;
    const called = callId === undefined ? undefined : calls.get(callId);
    const [next] = callId === undefined ? unanswered : [];
    let result = called?.result ?? (callId === undefined ? undefined : orphans.get(callId));
    if (!result || (called && !called.result)) {
      result = draft('tool', event, { id: callId, call: called?.call ?? next?.[0] ?? null });
      const message = called?.message ?? next?.[1];
      if (message) message.results.push(result);
      else add(result);
      if (result.call) unanswered.delete(result.call);
      if (called) called.result = result;
      else if (callId !== undefined) orphans.set(callId, result);
    }
    addResult(result, text, failed);
  };

  const take = (event: TranscriptEvent) => {
    if (event.kind === 'message') takeMessage(event);
    else if (event.kind === 'thinking') {
      const named = event.messageId === undefined ? undefined : byId.get(`assistant ${event.messageId}`);
      const message = named ?? (open?.line === event.line ? open : undefined);
      if (message) think(message, [event]);
      else thoughts.push(event);
    } else if (event.kind === 'tool_call') takeCall(event);
    else if (event.kind === 'tool_result') takeResult(event);
    else if (event.kind === 'compaction') {
      close();
      addText(add(draft('user', event, { purpose: 'compaction' })), event.text);
    } else if (event.kind === 'usage' && event.counts === 'sum') {
      const message = event.messageId === undefined ? open : byId.get(`assistant ${event.messageId}`);
      if (message) message.tokens = { input: event.input, output: event.output };
    } else if (event.kind === 'attachment') {
      const { messageId } = event;
      const named =
        messageId === undefined
          ? undefined
          : (byId.get(`user ${messageId}`) ??
            byId.get(`assistant ${messageId}`) ??
            byId.get(`context ${messageId}`));
      const message = named ?? drafts.at(-1)?.results.at(-1) ?? drafts.at(-1);
      (message ?? add(draft('user', event, { purpose: 'context' }))).attachments.push(event.mediaType);
    }
  };

  for (const event of events) take(event);
  close();
  return { drafts, branches };
}
