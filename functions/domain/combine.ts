import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Derived } from './derived.ts';
import type { InspectedFile } from './inspection.ts';
import { timeOrder } from './transcript/time.ts';
import type { TranscriptReading } from './transcript/transcript.ts';

/** What is known of a session when nothing is, as of a file in which none was recognised. */
export const nothingDerived: Derived = {
  agent: null,
  agent_version: null,
  format: null,
  session_ids: null,
  models: null,
  started_at: null,
  ended_at: null,
  user_messages: null,
  assistant_messages: null,
  tool_calls: null,
  tool_names: null,
  input_tokens: null,
  output_tokens: null,
  languages: null,
  first_prompt_present: null,
  tool_calls_paired: null,
  truncated: null,
  has_thinking: null,
  has_subagents: null,
  redactions: null,
  content_key: null,
};

/** A file's summary under the names of the dataset's fields. */
export function derivedOf({ summary }: TranscriptReading): Derived {
  if (summary === null) return nothingDerived;
  return {
    agent: summary.agent,
    agent_version: summary.agentVersion,
    format: summary.format,
    session_ids: summary.sessionIds,
    models: summary.models,
    started_at: summary.startedAt,
    ended_at: summary.endedAt,
    user_messages: summary.userMessages,
    assistant_messages: summary.assistantMessages,
    tool_calls: summary.toolCalls,
    tool_names: summary.toolNames,
    input_tokens: summary.inputTokens,
    output_tokens: summary.outputTokens,
    languages: summary.languages,
    first_prompt_present: summary.firstPromptPresent,
    tool_calls_paired: summary.toolCallsPaired,
    truncated: summary.truncated,
    has_thinking: summary.hasThinking,
    has_subagents: summary.hasSubagents,
    redactions: summary.redactions,
    content_key: summary.contentKey,
  };
}

/**
 * Which files of a gist count: those with a session, but not a page rendered from a session (HTML, Markdown, terminal
 * text) when the agent's own file of it is there too, nor a second file with the same content.
 */
export function countedFiles(files: readonly { rendered: boolean; derived: Derived }[]): boolean[] {
  const keys = new Set<string>();
  return files.map(({ rendered, derived }) => {
    if (derived.format === null) return false;
    const isOwn = (other: { rendered: boolean; derived: Derived }) =>
      !other.rendered && other.derived.format !== null && other.derived.agent === derived.agent;
    if (rendered && files.some(isOwn)) return false;
    if (derived.content_key === null) return true;
    const fresh = !keys.has(derived.content_key);
    keys.add(derived.content_key);
    return fresh;
  });
}

/** The fields of a gist, from those of its files that count: sums, unions and spans. Unknown in one is unknown in all. */
export function combine(files: readonly InspectedFile[]): Derived {
  const sessions = files.filter(({ counted }) => counted);
  const [first] = sessions;
  if (first === undefined) return nothingDerived;
  const all = <K extends keyof Derived>(field: K) => sessions.map((file) => file[field]);
  return {
    agent: only(all('agent')),
    agent_version:
      union(all('agent_version').map((versions) => versions?.split(';') ?? null))
        ?.slice(0, maxVersions)
        .join(';') ?? null,
    format: only(all('format')),
    session_ids: union(all('session_ids')),
    models: union(all('models')),
    started_at: edge(all('started_at'), -1),
    ended_at: edge(all('ended_at'), 1),
    user_messages: sum(all('user_messages')),
    assistant_messages: sum(all('assistant_messages')),
    tool_calls: sum(all('tool_calls')),
    tool_names: union(all('tool_names')),
    input_tokens: sum(all('input_tokens')),
    output_tokens: sum(all('output_tokens')),
    languages: union(all('languages')),
    first_prompt_present: any(all('first_prompt_present')),
    tool_calls_paired: every(all('tool_calls_paired')),
    truncated: any(all('truncated')),
    has_thinking: any(all('has_thinking')),
    has_subagents: any(all('has_subagents')),
    redactions: sum(all('redactions')),
    content_key: keyOf(all('content_key')),
  };
}

/** What they all say; null when they differ, because then no one answer is true of the gist. */
function only<T>(values: readonly T[]): T | null {
  return new Set(values).size === 1 ? (values[0] ?? null) : null;
}

/** Most names of a kind in a row; a gist may hold hundreds of files. */
const maxNames = 300;
const maxVersions = 10;

function union(lists: readonly (readonly string[] | null)[]): string[] | null {
  const known = lists.filter((list) => list !== null);
  return known.length === 0 ? null : [...new Set(known.flat())].sort().slice(0, maxNames);
}

function sum(counts: readonly (number | null)[]): number | null {
  return counts.some((count) => count === null)
    ? null
    : safe(counts.reduce<number>((all, one) => all + (one ?? 0), 0));
}

/** Beyond the safe integers a number is not what was counted. */
function safe(count: number): number | null {
  return Number.isSafeInteger(count) ? count : null;
}

function any(flags: readonly (boolean | null)[]): boolean | null {
  if (flags.includes(true)) return true;
  return flags.includes(null) ? null : false;
}

function every(flags: readonly (boolean | null)[]): boolean | null {
  if (flags.includes(false)) return false;
  return flags.includes(null) ? null : true;
}

function edge(times: readonly (string | null)[], direction: 1 | -1): string | null {
  const known = times.filter((time) => time !== null);
  known.sort((a, b) => direction * (timeOrder(b) - timeOrder(a)));
  return known[0] ?? null;
}

function keyOf(keys: readonly (string | null)[]): string | null {
  const known = keys.filter((key) => key !== null).sort();
  if (known.length <= 1) return known[0] ?? null;
  return bytesToHex(sha256(utf8ToBytes(known.join('\n'))));
}
