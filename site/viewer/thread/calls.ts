import type { TranscriptEvent } from '#domain/transcript/event.ts';
import type { ResultMark, Row } from '../row.ts';
import { brief } from './brief.ts';
import type { Rows } from './rows.ts';
import type { Source } from './source.ts';
import { argumentsOf, jsonText, mainArgument } from './tool-input.ts';

type CallEvent = Extract<TranscriptEvent, { kind: 'tool_call' }>;
type ResultEvent = Extract<TranscriptEvent, { kind: 'tool_result' }>;

/** Results of one call that stand in its row; what comes after them gets rows of its own. */
const maxResults = 50;

/** Joins tool calls with their results: by id, or where the file gives none, in the order they come. */
export function openCalls(rows: Rows, add: (event: CallEvent | ResultEvent, more: Partial<Row>) => Source) {
  const byId = new Map<string, Source>();
  const nameless: Source[] = [];
  let answered = 0;
  let count = 0;

  const fill = (source: Source, event: CallEvent) => {
    source.input = event.input;
    source.row.title = brief(event.name).slice(0, 80);
    source.row.brief = brief(mainArgument(event.input));
    if (!event.uncounted && !source.row.counted) {
      source.row.counted = true;
      count += 1;
    }
  };

  const nextNameless = () => (answered < nameless.length ? nameless[answered++] : undefined);

  return {
    call(event: CallEvent) {
      const told = event.id === undefined ? undefined : byId.get(event.id);
      const known = told && tellsMore(event.input, told.input) ? told : undefined;
      const source = known ?? add(event, { result: none });
      // Of a call told again with other arguments both are shown, and one is counted.
      fill(source, told && !known ? { ...event, uncounted: true } : event);
      if (known) rows.change(known);
      else if (event.id !== undefined) byId.set(event.id, source);
      else nameless.push(source);
    },
    result(event: ResultEvent) {
      const called = event.callId === undefined ? nextNameless() : byId.get(event.callId);
      const known = called && called.results.length < maxResults ? called : undefined;
      const source = known ?? add(event, { title: 'Result without a call', result: none });
      if (!known && event.callId !== undefined) byId.set(event.callId, source);
      if (source.results.some(({ text }) => text === event.text)) return;
      const last = source.results.at(-1);
      // Told again with what was printed since.
      if (last && event.text.startsWith(last.text)) source.results.pop();
      source.results.push({ text: event.text, failed: event.failed });
      source.row.result = markOf(source);
      if (known) rows.change(known);
    },
    count: () => count,
  };
}

/** Whether a call told again says all that it said before. */
function tellsMore(input: unknown, before: unknown): boolean {
  const [now, then] = [argumentsOf(input), argumentsOf(before)];
  if (!now || !then) return says(jsonText(input), before === undefined ? '' : jsonText(before));
  return Object.entries(then).every(([name, value]) => says(jsonText(now[name]), jsonText(value)));
}

/** Whether a value begins as another did, as it does while it is being told; JSON of both. */
function says(now: string, then: string): boolean {
  return now.startsWith(then.replace(/["\]}]*$/, ''));
}

const none: ResultMark = { state: 'none', lines: 0 };

function markOf({ results }: Source): ResultMark {
  const failed = results.some((result) => result.failed === true);
  const told = results.some((result) => result.failed !== null);
  return {
    state: failed ? 'failed' : told ? 'ok' : 'unknown',
    lines: results.reduce((sum, { text }) => sum + linesIn(text), 0),
  };
}

function linesIn(text: string): number {
  if (text === '') return 0;
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
