import type { Derived } from '#domain/derived.ts';
import { agentName } from './agents.ts';
import { counted, countText } from './figures.ts';

/** What is known of a session. The agent may be one we have no name for, in a snapshot newer than the site. */
export type SessionFacts = Omit<Derived, 'agent'> & { agent: string | null };

/** Agent and version: Claude Code 2.1.7. Null when the agent is not known. */
export function agentText({
  agent,
  agent_version,
}: Pick<SessionFacts, 'agent' | 'agent_version'>): string | null {
  if (agent === null) return null;
  return [agentName(agent), agent_version?.replaceAll(';', ', ')].filter(Boolean).join(' ');
}

/** The first few names of a list, and how many more there are: a, b and 3 more. Null when none is known. */
export function someNames(names: readonly string[] | null, most: number): string | null {
  if (names === null || names.length === 0) return null;
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${countText(names.length - most)} more`;
}

/** What was counted in a session, in one line; null when nothing was. */
export function countsText(
  session: Pick<SessionFacts, 'user_messages' | 'assistant_messages' | 'tool_calls'>,
): string | null {
  const parts = [
    session.user_messages === null ? null : counted(session.user_messages, 'prompt'),
    session.assistant_messages === null ? null : counted(session.assistant_messages, 'answer'),
    session.tool_calls === null ? null : counted(session.tool_calls, 'tool call'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** Tokens read and written, in one line; null when neither is known. */
export function tokensText(session: Pick<SessionFacts, 'input_tokens' | 'output_tokens'>): string | null {
  const { input_tokens: read, output_tokens: written } = session;
  if (read === null) return written === null ? null : `${countText(written)} tokens written`;
  return `${countText(read)} tokens read${written === null ? '' : `, ${countText(written)} written`}`;
}

/** What a session is about, in one line of a list: its day, its languages, its owner's tags. Empty when none is known. */
export function aboutText(
  session: Pick<SessionFacts, 'started_at' | 'languages'> & { tags: readonly string[] },
): string {
  const day = session.started_at?.slice(0, 10);
  const parts = [day && `recorded ${day}`, someNames(session.languages, 3), someNames(session.tags, 5)];
  return parts.filter(Boolean).join(' · ');
}

/** Something about a session that somebody choosing among many wants to see at once. */
export interface Mark {
  /** `lack`: something is missing that a whole session has. `has`: there is more in it than messages. */
  kind: 'lack' | 'has';
  word: string;
}

/** As much of a session as its marks are made of. */
export type Marked = Pick<
  SessionFacts,
  'truncated' | 'first_prompt_present' | 'tool_calls_paired' | 'has_thinking' | 'has_subagents' | 'redactions'
>;

/** The marks of a session, always in this order. What is not known makes none. */
export function sessionMarks(session: Marked): Mark[] {
  const marks: (Mark | false)[] = [
    session.truncated === true && { kind: 'lack', word: 'Cut off' },
    session.first_prompt_present === false && { kind: 'lack', word: 'No first prompt' },
    session.tool_calls_paired === false && { kind: 'lack', word: 'Tool calls without a result' },
    session.has_thinking === true && { kind: 'has', word: 'Thinking' },
    session.has_subagents === true && { kind: 'has', word: 'Subagents' },
    session.redactions !== null &&
      session.redactions > 0 && {
        kind: 'has',
        word: counted(session.redactions, 'redaction'),
      },
  ];
  return marks.filter((mark) => mark !== false);
}
