import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { label } from '../json.ts';
import { gatherText } from './gather-text.ts';
import { unfenced } from './markdown-fences.ts';
import { emitMarkdownMessage } from './opencode-markdown-message.ts';
import { printedTime } from './printed-time.ts';

const sessionLine = /^\*\*Session ID:\*\* (ses_\w{1,80})\s{0,4}$/;
const timeLine = /^\*\*(Created|Updated):\*\* (.{1,60})$/;
const heading = /^## (?:(User)|Assistant(?: \((.{1,300})\))?)$/;

/**
 * What `/export` and `/copy` of OpenCode's terminal write: a title, the session's id and times (local, in the reader's
 * language), a heading a message, a rule after each. Thinking and the details of tools are there if they were asked for.
 * https://github.com/anomalyco/opencode/blob/dev/packages/opencode/src/cli/cmd/tui/util/transcript.ts
 */
export const opencodeMarkdown: TranscriptFormat = {
  id: 'opencode-md',
  agent: 'opencode',
  version: 2,
  unit: 'line',
  rendered: true,
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ head }) {
    const lines = unfenced(head).filter((line) => line !== '');
    const top = lines.slice(0, 8);
    if (!top[0]?.startsWith('# ') || !top.some((line) => sessionLine.test(line))) return 'no';
    if (top.some((line) => timeLine.test(line))) return 'certain';
    return lines.some((line) => heading.test(line)) ? 'likely' : 'no';
  },
  read: (emit) => messageReader(emit),
};

interface Open {
  role: 'user' | 'assistant';
  model: string | undefined;
  line: number;
}

function messageReader(emit: Emit) {
  const body = gatherText();
  let open: Open | null = null;
  let session: string | undefined;
  let number = 0;
  /** A rule and the blank line behind it: the end of a message, if a heading comes next. */
  let rule: string[] = [];
  /** Whether a tool's output has begun, and no fence could have ended it: what it holds may be another session. */
  let output: 'none' | 'announced' | 'open' = 'none';

  const finish = () => {
    if (open) {
      number += 1;
      emitMarkdownMessage(body.lines(), { ...open, id: `message ${number}` }, emit);
    }
    body.clear();
    rule = [];
    output = 'none';
  };
  const watchOutput = (text: string) => {
    if (output === 'none' && (text === '**Output:**' || text === '**Error:**')) output = 'announced';
    else if (text === '```') output = output === 'announced' ? 'open' : 'none';
    else if (output === 'announced') output = 'none';
  };
  const readHeader = (text: string, line: number) => {
    const [, id] = sessionLine.exec(text) ?? [];
    const [, what, printed = ''] = timeLine.exec(text) ?? [];
    if (id !== undefined) {
      session = id;
      emit({ kind: 'session', line, id });
    } else if (what !== undefined) {
      const when = printedTime(printed);
      if (what === 'Created') emit({ kind: 'session', line, at: when, id: session });
      else emit({ kind: 'time', line, at: when });
    }
  };

  return {
    take(piece: unknown, line: number) {
      if (typeof piece !== 'string') return;
      const found = rule.length > 0 && output !== 'open' && piece.length < 400 ? heading.exec(piece) : null;
      if (found) {
        finish();
        const role = found[1] === undefined ? 'assistant' : 'user';
        open = { role, model: role === 'assistant' ? modelOf(found[2] ?? '') : undefined, line };
      } else if (piece === '---' || (piece === '' && rule.length > 0 && rule.length < 5)) {
        if (piece === '---') for (const held of rule.splice(0)) body.add(held);
        rule.push(piece);
      } else if (open) {
        for (const held of rule.splice(0)) body.add(held);
        body.add(piece);
        watchOutput(piece);
      } else readHeader(piece.slice(0, 400), line);
    },
    end: finish,
  };
}

/** The model out of `Build · gpt-5 · 5.9s`: what stands between the agent's name and how long it took. */
function modelOf(heading: string): string | undefined {
  const parts = heading.split(' · ').slice(1);
  if (/^\d+(?:\.\d+)?s$/.test(parts.at(-1) ?? '')) parts.pop();
  return label(parts.join(' · '));
}
