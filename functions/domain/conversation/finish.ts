import { argumentsText } from './arguments-text.ts';
import type { Message } from './conversation.ts';
import type { Draft, DraftCall } from './draft.ts';

/** What calls that the summary does not count are called, where no counted one has their id. */
const uncountedPrefix = 'uncounted-';

/**
 * Gives calls the ids of a file's conversations: their own, or made-up ones that no other has. So the number of different
 * ids, those with `uncounted-` before them aside, is the number of calls.
 */
export function callIds(conversations: readonly (readonly Draft[])[]): Map<DraftCall, string> {
  const calls = conversations.flatMap((drafts) => drafts.flatMap((message) => message.calls));
  const own = new Set(calls.flatMap(({ id, counted }) => (id !== undefined && counted ? id : [])));
  const ids = new Map<DraftCall, string>();
  const taken = new Set(conversations.flatMap((drafts) => drafts.flatMap(idsIn)));
  const made = { call: 0, uncounted: 0 };
  const make = (kind: keyof typeof made): string => {
    let id: string;
    do {
      made[kind] += 1;
      id = `${kind}-${made[kind]}`;
    } while (taken.has(id));
    return id;
  };
  const renamed = new Map<string, string>();
  for (const call of calls) {
    const { id } = call;
    const isOwn = id !== undefined && own.has(id) && id.isWellFormed() && !id.startsWith(uncountedPrefix);
    const kind = call.counted || (id !== undefined && own.has(id)) ? 'call' : 'uncounted';
    let name = isOwn ? id : id === undefined ? undefined : renamed.get(id);
    name ??= make(kind);
    if (!isOwn && id !== undefined) renamed.set(id, name);
    ids.set(call, name);
  }
  return ids;
}

function idsIn(message: Draft): string[] {
  const own = message.calls.flatMap(({ id }) => id ?? []);
  return message.role === 'tool' && message.id !== undefined ? [...own, message.id] : own;
}

/** The messages of a conversation, each result after the message that called. */
export function finish(
  drafts: readonly Draft[],
  ids: ReadonlyMap<DraftCall, string>,
): { messages: Message[]; lostArguments: number } {
  const messages: Message[] = [];
  let lostArguments = 0;
  let orphans = 0;
  const add = (message: Draft) => {
    const isResult = message.role === 'tool';
    messages.push({
      role: message.role,
      purpose: message.purpose,
      counted: message.counted,
      told: message.told,
      id: isResult ? null : plain(message.id),
      parentId: plain(message.parentId),
      content: joined(message.texts),
      reasoning: message.thoughts && joined(message.thoughts),
      calls: message.calls.map((call) => {
        const written = argumentsText(call.input);
        if (written === null) lostArguments += 1;
        return {
          id: (ids.get(call) ?? '').toWellFormed(),
          name: call.name.toWellFormed(),
          arguments: written ?? '{}',
          counted: call.counted,
        };
      }),
      callId: isResult ? resultOf(message) : null,
      failed: message.failed,
      model: plain(message.model),
      time: message.time ?? null,
      inputTokens: message.tokens.input,
      outputTokens: message.tokens.output,
      attachments: message.attachments.map((type) => type?.toWellFormed() ?? null),
    });
    for (const result of message.results) add(result);
  };
  const resultOf = ({ call, id }: Draft): string => {
    const known = (call && ids.get(call)) ?? id;
    if (known === undefined) orphans += 1;
    return (known ?? `result-${orphans}`).toWellFormed();
  };
  for (const message of drafts) add(message);
  return { messages, lostArguments };
}

function joined(parts: ReadonlySet<string>): string {
  return [...parts].join('\n\n').toWellFormed();
}

function plain(name: string | undefined): string | null {
  return name?.toWellFormed() ?? null;
}
