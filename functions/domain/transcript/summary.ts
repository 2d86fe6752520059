import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type AgentId, agentIds } from './agent.ts';
import type { MessageEvent, TranscriptEvent, UsageEvent } from './event.ts';
import type { TranscriptFormat } from './format.ts';
import { languagesOf } from './languages.ts';
import { plainId, plainName } from './name.ts';
import { countRedactions } from './redactions.ts';
import { isBefore } from './time.ts';

/** What a session holds, in numbers and names: nothing of what was said. Null is unknown. */
export interface TranscriptSummary {
  agent: AgentId | null;
  /** Several versions in one session are joined by `;`. */
  agentVersion: string | null;
  format: string;
  rendered: boolean;
  sessionIds: string[] | null;
  models: string[] | null;
  /** As `sessionTime` writes it. */
  startedAt: string | null;
  endedAt: string | null;
  userMessages: number | null;
  /** Slash commands and `!` input. */
  userCommands: number | null;
  assistantMessages: number | null;
  toolCalls: number | null;
  toolNames: string[] | null;
  inputTokens: number | null;
  outputTokens: number | null;
  languages: string[] | null;
  firstPromptPresent: boolean | null;
  toolCallsPaired: boolean | null;
  hasThinking: boolean | null;
  hasSubagents: boolean | null;
  redactions: number;
  /** SHA-256 over the prompts and answers, spacing aside; null when there are none. */
  contentKey: string | null;
}

/** Most names of a kind a summary holds; a hostile file has no end of them. */
const maxNames = 100;
const maxVersions = 10;

/** Folds a format's events into a summary. */
export function summarise(format: TranscriptFormat): {
  add: (event: TranscriptEvent) => void;
  end: () => TranscriptSummary;
} {
  const tells = new Set(format.tells);
  const names = {
    agents: new Set<string>(),
    versions: new Set<string>(),
    sessions: new Set<string>(),
    models: new Set<string>(),
    tools: new Set<string>(),
    languages: new Set<string>(),
  };
  const times = spanOfTimes();
  const messages = countOfMessages();
  const calls = countOfCalls();
  const usage = sumOfUsage();
  let thinking = false;
  let subagents = false;
  let redactions = 0;

  const add = (set: Set<string>, plain: string | undefined, most = maxNames) => {
    if (plain !== undefined && set.size < most) set.add(plain);
  };
  const note = (set: Set<string>, name: string | undefined, most?: number) =>
    add(set, name === undefined ? undefined : plainName(name), most);

  return {
    add(event) {
      times.add(event.at);
      if (event.subagent !== undefined) subagents = true;
      switch (event.kind) {
        case 'session':
          add(names.sessions, event.id === undefined ? undefined : plainId(event.id));
          note(names.agents, event.agent);
          note(names.versions, event.agentVersion, maxVersions);
          break;
        case 'message':
          note(names.models, event.model);
          messages.add(event);
          redactions += countRedactions(event.text);
          break;
        case 'thinking':
          thinking = true;
          redactions += countRedactions(event.text);
          break;
        case 'tool_call':
          if (!event.uncounted) calls.call(event.id, event.name);
          for (const language of languagesOf(event.input)) note(names.languages, language);
          break;
        case 'tool_result':
          calls.result(event.callId);
          redactions += countRedactions(event.text);
          break;
        case 'usage':
          usage.add(event);
          break;
        case 'model':
          note(names.models, event.model);
          break;
        case 'compaction':
          messages.compacted();
          break;
        case 'attachment':
        case 'time':
          break;
      }
    },
    end() {
      const told = (what: (typeof format.tells)[number], value: number) => (tells.has(what) ? value : null);
      for (const name of calls.names()) note(names.tools, name);
      const toolCalls = told('tool_calls', calls.count());
      return {
        agent: format.agent ?? onlyAgent(names.agents),
        agentVersion: sorted(names.versions)?.join(';') ?? null,
        format: format.id,
        rendered: format.rendered ?? false,
        sessionIds: sorted(names.sessions),
        models: sorted(names.models),
        ...times.end(),
        userMessages: told('prompts', messages.prompts()),
        userCommands: told('prompts', messages.commands()),
        assistantMessages: told('answers', messages.answers()),
        toolCalls,
        toolNames: sorted(names.tools) ?? (toolCalls === 0 ? [] : null),
        ...usage.end(),
        languages: sorted(names.languages),
        firstPromptPresent: tells.has('prompts') ? messages.promptFirst() : null,
        toolCallsPaired: tells.has('tool_results') && tells.has('tool_calls') ? calls.paired() : null,
        hasThinking: thinking || (tells.has('thinking') ? false : null),
        hasSubagents: subagents || (tells.has('subagents') ? false : null),
        redactions,
        contentKey: messages.key(),
      };
    },
  };
}

function sorted(names: Set<string>): string[] | null {
  return names.size === 0 ? null : [...names].sort();
}

/** The agent a file names, when it names one and we know it. */
function onlyAgent(names: Set<string>): AgentId | null {
  const [name] = names;
  return names.size === 1 ? (agentIds.find((id) => id === name) ?? null) : null;
}

function spanOfTimes() {
  let first: string | null = null;
  let last: string | null = null;
  let latest: string | undefined;
  return {
    add(time: string | undefined) {
      if (time === undefined || time === latest) return;
      latest = time;
      if (first === null || isBefore(time, first)) first = time;
      if (last === null || isBefore(last, time)) last = time;
    },
    end: () => ({ startedAt: first, endedAt: last }),
  };
}

function countOfMessages() {
  const known = new Set<string>();
  const counts = { prompt: 0, command: 0, context: 0, answer: 0 };
  const hash = sha256.create();
  let hashed = false;
  let opening: 'prompt' | 'other' | null = null;

  return {
    add(event: MessageEvent) {
      if (event.role === 'system') return;
      const what = event.role === 'assistant' ? 'answer' : (event.purpose ?? 'prompt');
      if (what === 'context') return;
      // What a subagent is asked was not typed by a person.
      if (event.subagent !== undefined && what !== 'answer') return;
      const fresh = event.id === undefined || !known.has(`${event.role} ${event.id}`);
      if (event.id !== undefined && !event.uncounted) known.add(`${event.role} ${event.id}`);
      if (fresh && !event.uncounted) counts[what] += 1;
      if (event.subagent === undefined) opening ??= what === 'answer' ? 'other' : 'prompt';
      const words = event.text.replace(/\s+/g, ' ').trim();
      if (words === '' || what === 'command') return;
      hash.update(utf8ToBytes(`${what} ${words}\n`));
      hashed = true;
    },
    compacted() {
      opening ??= 'other';
    },
    prompts: () => counts.prompt,
    commands: () => counts.command,
    answers: () => counts.answer,
    promptFirst: () => (opening === null ? null : opening === 'prompt'),
    key: () => (hashed ? bytesToHex(hash.digest()) : null),
  };
}

function countOfCalls() {
  /** Names by the calls' ids: a call told again is the same call, and the last that is told of it holds. */
  const known = new Map<string, string>();
  const open = new Set<string>();
  const namesWithoutId = new Set<string>();
  let nameless = 0;
  let namelessOpen = 0;
  return {
    call(id: string | undefined, name: string) {
      if (id === undefined) {
        nameless += 1;
        namelessOpen += 1;
        if (namesWithoutId.size < maxNames) namesWithoutId.add(name);
        return;
      }
      if (!known.has(id)) open.add(id);
      known.set(id, name);
    },
    names: () => [...new Set(known.values()), ...namesWithoutId],
    result(id: string | undefined) {
      if (id === undefined) namelessOpen = Math.max(0, namelessOpen - 1);
      else open.delete(id);
    },
    count: () => known.size + nameless,
    paired: () => open.size + namelessOpen === 0,
  };
}

function sumOfUsage() {
  const told = new Map<string, { input: number; output: number }>();
  const sums = { input: 0, output: 0 };
  const known = { input: false, output: false };
  let total: UsageEvent | null = null;
  return {
    add(event: UsageEvent) {
      if (event.counts === 'total') {
        total = event;
        return;
      }
      const before = event.messageId === undefined ? undefined : told.get(event.messageId);
      const now = { input: event.input ?? 0, output: event.output ?? 0 };
      sums.input += now.input - (before?.input ?? 0);
      sums.output += now.output - (before?.output ?? 0);
      if (event.messageId !== undefined) told.set(event.messageId, now);
      known.input ||= event.input !== null;
      known.output ||= event.output !== null;
    },
    end: () => ({
      inputTokens: exact(total ? total.input : known.input ? sums.input : null),
      outputTokens: exact(total ? total.output : known.output ? sums.output : null),
    }),
  };
}

/** Counts that make a sum no number can hold exactly are nonsense, so the sum is unknown. */
function exact(sum: number | null): number | null {
  return sum !== null && Number.isSafeInteger(sum) && sum >= 0 ? sum : null;
}
