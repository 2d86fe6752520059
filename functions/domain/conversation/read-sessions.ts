import { derivedOf, nothingDerived } from '../combine.ts';
import type { Derived } from '../derived.ts';
import type { TranscriptEvent } from '../transcript/event.ts';
import type { TranscriptFormat } from '../transcript/format.ts';
import { formats } from '../transcript/formats/registry.ts';
import { summarise } from '../transcript/summary.ts';
import { readTranscript, type TranscriptReading } from '../transcript/transcript.ts';
import type { Session, Thread } from './conversation.ts';
import { countedEvents } from './counted-events.ts';
import { callIds, finish } from './finish.ts';
import { gather } from './gather.ts';
import { splitSessions } from './split-sessions.ts';

export interface SessionsReading {
  reading: TranscriptReading;
  /** In the order in which they begin; empty when none was recognised. */
  sessions: Session[];
}

/**
 * Reads one file of a gist, as `readTranscript` does, and gives the sessions in it with all that is said. Their counts
 * add up to the summary's. Never throws. Holds the whole file.
 */
export function readSessions(): { push: (chunk: string) => void; end: () => SessionsReading } {
  const events: TranscriptEvent[] = [];
  const transcript = readTranscript((event) => events.push(event));
  return {
    push: transcript.push,
    end() {
      const reading = transcript.end();
      return { reading, sessions: sessionsOf(events, reading) };
    },
  };
}

function sessionsOf(events: readonly TranscriptEvent[], { summary, problems }: TranscriptReading): Session[] {
  const format = formats.find(({ id }) => id === summary?.format);
  if (!summary || !format) return [];
  const counted = countedEvents(events);
  const whole = derivedOf({ summary, problems });
  const derivedFrom = (some: readonly TranscriptEvent[]): Derived =>
    some.length === events.length ? whole : partly(format, some, counted, whole);

  const sessions = splitSessions(events).map((own) => ({
    derived: derivedFrom(own),
    threads: byThread(own).map(([subagent, said]) => ({ subagent, said, ...gather(said, counted) })),
  }));
  const ids = callIds(sessions.flatMap(({ threads }) => threads.map(({ drafts }) => drafts)));
  return sessions.map(({ derived, threads }) => ({
    derived,
    threads: threads.flatMap(({ subagent, said, drafts, branches }): Thread[] => {
      if (drafts.length === 0) return [];
      const own = { ...derivedFrom(said), has_subagents: derived.has_subagents };
      const only = threads.length === 1 ? derived : { ...own, session_ids: derived.session_ids };
      return [
        { subagent: subagent?.toWellFormed() ?? null, branches, derived: only, ...finish(drafts, ids) },
      ];
    }),
  }));
}

/** The events of each conversation, the main one first. */
function byThread(events: readonly TranscriptEvent[]): [string | null, TranscriptEvent[]][] {
  const threads = new Map<string | null, TranscriptEvent[]>([[null, []]]);
  for (const event of events) {
    const known = threads.get(event.subagent ?? null);
    if (known) known.push(event);
    else threads.set(event.subagent ?? null, [event]);
  }
  return [...threads];
}

/** What is known of a part of a file, with the numbers by which it adds to the file's. */
function partly(
  format: TranscriptFormat,
  events: readonly TranscriptEvent[],
  counted: ReadonlySet<TranscriptEvent>,
  whole: Derived,
): Derived {
  const fold = summarise(format);
  for (const event of events) fold.add(event);
  const own = derivedOf({ summary: { ...fold.end(), truncated: whole.truncated }, problems: [] });
  const count = (is: (event: TranscriptEvent) => boolean) =>
    events.filter((event) => counted.has(event) && is(event)).length;
  const told = (known: number | null, value: number) => (known === null ? null : value);
  return {
    ...nothingDerived,
    ...own,
    agent: own.agent ?? whole.agent,
    user_messages: told(
      whole.user_messages,
      count((event) => event.kind === 'message' && event.role === 'user' && event.purpose !== 'command'),
    ),
    assistant_messages: told(
      whole.assistant_messages,
      count((event) => event.kind === 'message' && event.role === 'assistant'),
    ),
    tool_calls: told(
      whole.tool_calls,
      count((event) => event.kind === 'tool_call'),
    ),
  };
}
