import { type AgentId, agentIds } from './agent.ts';
import type { TranscriptEvent } from './event.ts';
import type { TranscriptFormat } from './format.ts';
import { languagesOf } from './languages.ts';
import { plainId, plainName } from './name.ts';
import { countRedactions } from './redactions.ts';
import { countOfCalls } from './summary/count-of-calls.ts';
import { countOfMessages } from './summary/count-of-messages.ts';
import { spanOfTimes } from './summary/span-of-times.ts';
import { sumOfUsage } from './summary/sum-of-usage.ts';

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
  const calls = countOfCalls(maxNames);
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
