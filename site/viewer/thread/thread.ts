import type { MessageEvent, TranscriptEvent, UsageEvent } from '#domain/transcript/event.ts';
import type { Row, RowKind, Turn } from '../row.ts';
import { bodiesOf } from './bodies.ts';
import { brief } from './brief.ts';
import { openCalls } from './calls.ts';
import { openRows } from './rows.ts';
import type { Source } from './source.ts';

/** The rows that are new since they were taken last, and those told before that have changed. */
export interface Taken {
  added: Row[];
  changed: Row[];
}

/** One conversation in the file: the main one, or a subagent's. */
interface Lane {
  group: Source | null;
  /** A turn that has begun without saying anything yet. */
  waiting: { turn: Turn; event: MessageEvent } | null;
  last: Source | null;
  /** Of the answer told last. */
  model: string | null;
}

/**
 * Makes rows of a file's events: messages, each once however often it is told; tool calls with their results; what a
 * subagent did under one row; and where the conversation goes back to an earlier message, a branch. A row that begins a
 * message or tells a call says whether the summary counts it, by the rules of `summary/count-of-messages.ts` and
 * `count-of-calls.ts`, so that what is shown adds up to what is published.
 */
export function openThread(file: number, nextKey: () => number) {
  const rows = openRows(file, nextKey);
  const lanes = new Map<string | undefined, Lane>();
  const main: Lane = { group: null, waiting: null, last: null, model: null };
  const ordinals = { prompt: 0, command: 0, answer: 0 };
  const sessions = new Set<string>();
  /** By role and id: what counts already, the message's turn, and what it has said. */
  const counted = new Set<string>();
  const turns = new Map<string, { turn: Turn; first: Source | null }>();
  const said = new Map<string, Set<string>>();
  /** By id: how many branchings lie above a message, and whether something answers it. */
  const depths = new Map<string, number>();
  const answered = new Set<string>();
  const bodies = bodiesOf();

  const laneOf = ({ subagent, line, at }: TranscriptEvent): Lane => {
    if (subagent === undefined) return main;
    let lane = lanes.get(subagent);
    if (!lane) {
      const group = rows.add('subagent', { line, at }, null, { title: brief(subagent).slice(0, 60) });
      lane = { group, waiting: null, last: null, model: null };
      lanes.set(subagent, lane);
    }
    return lane;
  };

  /** Adds a row to a lane; a turn that waits begins with it. */
  const add = (lane: Lane, kind: RowKind, event: TranscriptEvent, more: Partial<Row>, whole = ''): Source => {
    const waiting = lane.waiting;
    lane.waiting = null;
    const source = rows.add(kind, event, lane.group, { turn: waiting?.turn ?? null, ...more }, whole);
    lane.last = source;
    if (waiting) begun(waiting.event, source);
    return source;
  };

  /** A turn that waits and has nothing more to say gets a row all the same. */
  const settle = (lane: Lane) => {
    if (lane.waiting) add(lane, 'answer', lane.waiting.event, { brief: 'No text' });
  };

  const otherModel = (lane: Lane, model: string | undefined): string | null => {
    if (model === undefined || model === lane.model) return null;
    lane.model = model;
    return brief(model).slice(0, 100);
  };

  const begun = (event: MessageEvent, first: Source) => {
    const entry = event.id === undefined ? undefined : turns.get(`${event.role} ${event.id}`);
    if (entry) entry.first ??= first;
  };

  const say = (lane: Lane, kind: RowKind, event: MessageEvent, turn: Turn | null) => {
    let first: Source | null = null;
    for (const body of bodies(event.text, kind === 'answer')) {
      const source = add(lane, kind, event, { body, ...(first ? {} : { turn }) }, first ? '' : event.text);
      source.first = first;
      first ??= source;
    }
    if (first && turn) begun(event, first);
  };

  const calls = openCalls(rows, (event, more) => add(laneOf(event), 'tool', event, more));

  const takeMessage = (event: MessageEvent) => {
    const lane = laneOf(event);
    const blank = event.text.trim() === '';
    settle(lane);
    if (event.role === 'system') {
      if (!blank) say(lane, 'system', event, null);
      return;
    }
    const who = event.role === 'assistant' ? 'answer' : (event.purpose ?? 'prompt');
    if (who === 'context') {
      place(event, false);
      if (!blank) add(lane, 'context', event, { brief: brief(event.text) }, event.text);
      return;
    }
    const id = event.id === undefined ? undefined : `${event.role} ${event.id}`;
    const asked = event.subagent !== undefined && who !== 'answer';
    const counts = !event.uncounted && !asked && (id === undefined || !counted.has(id));
    if (counts && id !== undefined) counted.add(id);

    const known = id === undefined ? undefined : turns.get(id);
    if (known && counts && known.turn.ordinal === null) {
      known.turn.ordinal = ++ordinals[who];
      if (known.first) rows.change(known.first);
    }
    if (isRepeated(id, event.text)) return;
    const branches = !known && who !== 'answer' && !asked && isBranch(event);
    if (branches) branch(event);
    const depth = known ? known.turn.depth : place(event, branches);
    if (event.parentId !== undefined) answered.add(event.parentId);
    const turn: Turn | null = known
      ? null
      : {
          who,
          ordinal: counts ? ++ordinals[who] : null,
          model: otherModel(lane, event.model),
          input: null,
          output: null,
          depth,
        };
    if (turn && id !== undefined) turns.set(id, { turn, first: null });
    if (!blank) say(lane, who, event, turn);
    else if (turn && who === 'answer') lane.waiting = { turn, event };
    else if (turn) begun(event, add(lane, who, event, { turn, brief: 'No text' }));
  };

  /** The same words of the same message, told again. */
  const isRepeated = (id: string | undefined, text: string): boolean => {
    if (id === undefined) return false;
    const words = said.get(id) ?? new Set();
    said.set(id, words);
    const repeated = words.has(text);
    words.add(text);
    return repeated;
  };

  /** A prompt that follows a message which something else follows already begins a branch. */
  const isBranch = ({ parentId }: MessageEvent): boolean => parentId !== undefined && answered.has(parentId);

  const branch = (event: MessageEvent) => {
    const id = event.parentId ?? '';
    const above = turns.get(`assistant ${id}`) ?? turns.get(`user ${id}`);
    rows.add('branch', event, null, { target: above?.first?.row.key ?? null });
  };

  /** Notes where a message stands in the tree; how many branchings lie above it. */
  const place = ({ id, parentId }: MessageEvent, branches: boolean): number => {
    const above = parentId === undefined ? 0 : (depths.get(parentId) ?? 0);
    const depth = branches ? above + 1 : above;
    if (id !== undefined) depths.set(id, depth);
    return depth;
  };

  const takeUsage = (event: UsageEvent) => {
    if (event.counts === 'total') return;
    const entry = event.messageId === undefined ? undefined : turns.get(`assistant ${event.messageId}`);
    const lane = laneOf(event);
    const turn = entry?.turn ?? lane.waiting?.turn ?? lane.last?.row.turn ?? null;
    if (turn?.who !== 'answer') return;
    turn.input = event.input;
    turn.output = event.output;
    const first = entry ? entry.first : lane.last;
    if (first) rows.change(first);
  };

  return {
    /** All of a file that is no session. */
    text(whole: string) {
      rows.add('text', { line: 1 }, null, { brief: brief(whole) }, whole);
    },
    add(event: TranscriptEvent) {
      switch (event.kind) {
        case 'session':
          if (event.id === undefined || sessions.has(event.id)) return;
          sessions.add(event.id);
          // The first is told of the whole file.
          if (sessions.size > 1) {
            settle(main);
            rows.add('session', event, null, { title: brief(event.id).slice(0, 100) });
          }
          return;
        case 'message':
          return takeMessage(event);
        case 'thinking':
          add(laneOf(event), 'thinking', event, { brief: brief(event.text) }, event.text);
          return;
        case 'tool_call':
          return calls.call(event);
        case 'tool_result':
          return calls.result(event);
        case 'usage':
          return takeUsage(event);
        case 'compaction':
          add(laneOf(event), 'compaction', event, { brief: brief(event.text) }, event.text);
          return;
        case 'attachment':
          add(laneOf(event), 'image', event, { title: brief(event.mediaType ?? '').slice(0, 60) });
          return;
        case 'model':
        case 'time':
          return;
      }
    },
    end() {
      for (const lane of [main, ...lanes.values()]) settle(lane);
    },
    take: rows.take,
    /** The prompts, commands, answers and tool calls among the rows that count, as the summary counts them. */
    counts: () => ({ ...ordinals, tool: calls.count() }),
    sources: rows.sources,
  };
}
