import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { text } from '../json.ts';
import { isInProgram } from '../quotation.ts';
import { sessionTime } from '../time.ts';
import { unfenced } from './markdown-fences.ts';

const started = /^# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/;
const versionLine = /^> Aider v(\d[\w.+-]{0,40})$/;
const modelLine = /^> (?:Main model|Model): (\S{1,200})/;
const typedLine = /^#### \S/;
const tokensLine =
  /^> Tokens: ([\d.,]{1,15})([kM]?) sent,(?: [\d.,]{1,15}[kM]? cache (?:write|hit),){0,2} ([\d.,]{1,15})([kM]?) received\./;

/**
 * Aider's `.aider.chat.history.md`: all chats held in a folder, one after another. Lines with `#### ` were typed, lines
 * with `> ` are Aider's own, the rest is the model's. Every answer is followed by its tokens, rounded, unless it was
 * interrupted; answers are counted by these lines. Times are local, one a chat.
 * https://github.com/Aider-AI/aider/blob/main/aider/io.py
 */
export const aider: TranscriptFormat = {
  id: 'aider',
  agent: 'aider',
  version: 2,
  unit: 'line',
  tells: ['prompts', 'answers'],
  recognise({ head }) {
    if (started.test(head.trimStart().split('\n', 1)[0]?.trimEnd() ?? '')) return 'certain';
    const lines = unfenced(head);
    const has = (mark: RegExp) => lines.some((line) => mark.test(line));
    const marked = (has(started) || has(versionLine)) && has(typedLine) && has(tokensLine);
    return marked && !isInProgram(lines, (line) => typedLine.test(line)) ? 'likely' : 'no';
  },
  read: readChats,
};

function readChats(emit: Emit): TranscriptReader {
  let part: { what: 'prompt' | 'answer' | 'notice'; line: number; lines: string[] } | null = null;
  let answers = 0;
  /** The chat that began and was not emitted yet: its version comes a few lines later. */
  let chat: { line: number; at: string | undefined } | null = { line: 1, at: undefined };

  const openChat = (agentVersion?: string) => {
    if (chat) emit({ kind: 'session', ...chat, agentVersion });
    chat = null;
  };

  /** Ends the part that is being read; `reported` when tokens were told of it. */
  const finish = (reported: boolean) => {
    if (part) openChat();
    const words = part?.lines.join('\n').trim() ?? '';
    if (part?.what === 'prompt') {
      emit({ kind: 'message', line: part.line, role: 'user', purpose: 'prompt', text: words });
    } else if (part?.what === 'notice' && words !== '') {
      emit({ kind: 'message', line: part.line, role: 'system', text: words });
    } else if (part?.what === 'answer' && (reported || words !== '')) {
      const uncounted = reported ? undefined : true;
      emit({ kind: 'message', line: part.line, role: 'assistant', id: `${answers}`, text: words, uncounted });
    }
    part = null;
  };

  const add = (what: 'prompt' | 'answer' | 'notice', words: string, line: number) => {
    if (part?.what !== what) {
      finish(false);
      part = { what, line, lines: [] };
    }
    part?.lines.push(words);
  };

  const readTokens = (found: RegExpExecArray, line: number) => {
    if (part?.what !== 'answer') {
      finish(false);
      part = { what: 'answer', line, lines: [] };
    }
    finish(true);
    emit({
      kind: 'usage',
      line,
      messageId: `${answers}`,
      input: tokens(found[1], found[2]),
      output: tokens(found[3], found[4]),
      counts: 'sum',
    });
    answers += 1;
  };

  return {
    take(piece, line) {
      const whole = text(piece) ?? '';
      const words = whole.trimEnd();
      const prompting = part?.what === 'prompt';
      if (words.startsWith('#### ') || whole.startsWith('#### ') || (prompting && words === '####')) {
        if (!prompting) {
          finish(false);
          answers += 1;
        }
        return add('prompt', words.slice(5), line);
      }
      const start = started.exec(words)?.[1];
      if (start !== undefined) {
        finish(false);
        if (chat?.at) openChat();
        answers += 1;
        chat = { line, at: sessionTime(start) };
        return;
      }
      if (words.startsWith('>')) return readNotice(words, whole, line);
      if (words === '' && prompting) return finish(false);
      if (words !== '' || part?.what === 'answer') add('answer', words, line);
    },
    end() {
      finish(false);
      if (chat?.at) openChat();
    },
  };

  function readNotice(words: string, whole: string, line: number) {
    const spent = tokensLine.exec(words);
    if (spent) return readTokens(spent, line);
    const version = versionLine.exec(words)?.[1];
    if (version !== undefined) openChat(version);
    const model = modelLine.exec(words)?.[1];
    if (model !== undefined) {
      openChat();
      emit({ kind: 'model', line, model });
    }
    // Aider ends its own lines with two spaces; a quotation by the model has none.
    const own = part?.what !== 'answer' || whole.endsWith('  ');
    add(own ? 'notice' : 'answer', own ? words.replace(/^> ?/, '') : words, line);
  }
}

/** `6.1k` and the like, as a number; null when it is none. */
function tokens(digits = '', unit = ''): number | null {
  const number = Number(digits.replaceAll(',', '')) * (unit === 'k' ? 1e3 : unit === 'M' ? 1e6 : 1);
  return Number.isFinite(number) ? Math.round(number) : null;
}
