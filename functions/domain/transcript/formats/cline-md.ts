import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { splitEnvironment, takeApart, typedIn } from './cline-text.ts';
import { readTurns } from './markdown-turns.ts';

const headings = new Map([
  ['**User:**', 'user'],
  ['**Assistant:**', 'assistant'],
] as const);

/**
 * A task as Cline, Roo Code and Kilo Code export it: every message under a heading, what the extension sends in the
 * user's name too. A message is counted by its heading.
 * https://github.com/cline/cline/blob/main/src/integrations/misc/export-markdown.ts
 */
export const clineMarkdown: TranscriptFormat = {
  id: 'cline-md',
  agent: 'cline-family',
  version: 1,
  unit: 'line',
  rendered: true,
  tells: ['prompts', 'answers', 'tool_calls'],
  recognise({ head }) {
    const lines = head.split('\n').map((line) => line.trimEnd());
    const [first, second = ''] = lines.filter((line) => line !== '');
    if (first !== '**User:**') return 'no';
    if (/^<(?:task|user_message)>/.test(second)) return 'certain';
    return lines.includes('<environment_details>') && lines.includes('**Assistant:**') ? 'likely' : 'no';
  },
  read(emit) {
    emit({ kind: 'session', line: 1 });
    return readTurns(headings, ({ role, line, text }) =>
      role === 'user' ? readSent(text, line, emit) : readAnswer(text, line, emit),
    );
  },
};

function readSent(sent: string, line: number, emit: Emit): void {
  const { rest, environment } = splitEnvironment(sent);
  const words = typedIn(rest).join('\n\n') || rest.trim();
  emit({ kind: 'message', line, role: 'user', purpose: 'prompt', text: words });
  if (environment !== undefined)
    emit({ kind: 'message', line, role: 'user', purpose: 'context', text: environment });
}

const fence = '```tool_use\n';
const used = /^\[Tool Use: ([^\]\n]{1,100})\]\n?/gm;

function readAnswer(written: string, line: number, emit: Emit): void {
  const fenced = written.includes(fence);
  const { words, thinking, calls } = takeApart(written.replaceAll(fence, ''));
  for (const thought of thinking) emit({ kind: 'thinking', line, text: thought });
  const [spoken = '', ...printed] = words.split(used);
  emit({
    kind: 'message',
    line,
    role: 'assistant',
    text: fenced ? spoken.replace(/\s{0,9}```$/, '') : spoken.trim(),
  });
  for (const { name, input } of calls) emit({ kind: 'tool_call', line, name, input });
  for (let i = 0; i < printed.length; i += 2) {
    emit({ kind: 'tool_call', line, name: printed[i] ?? 'unknown', input: printed[i + 1]?.trim() ?? '' });
  }
}
