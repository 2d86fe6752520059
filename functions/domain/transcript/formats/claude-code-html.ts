import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { sessionTime } from '../time.ts';
import { emitPageBlocks } from './claude-code-html-blocks.ts';

/**
 * Pages that https://github.com/simonw/claude-code-transcripts makes of a session (`templates/macros.html`): five prompts
 * a page, and an index that repeats the prompts and holds no messages. Model, version and tokens are not in them.
 */
export const claudeCodeHtml: TranscriptFormat = {
  id: 'claude-code-html',
  agent: 'claude-code',
  version: 2,
  unit: 'line',
  rendered: true,
  // Which call a result answers is told only where the two stand together, so not for all.
  tells: ['prompts', 'answers', 'tool_calls', 'thinking'],
  recognise: ({ head }) =>
    /^\s*<!doctype html/i.test(head.slice(0, 200)) && title.test(head.slice(0, 2000)) ? 'certain' : 'no',
  read: readPage,
};

const title = /<title>Claude Code transcript - (?:Index|page \d{1,5})\b/;

interface PageMessage {
  role: 'user' | 'assistant' | 'tool-reply';
  line: number;
  at: string | undefined;
  html: string[];
  length: number;
}

/** Longest message read, in characters; the rest of a longer one is left out. */
const maxMessage = 8_000_000;

const roles = { user: 'user', assistant: 'assistant', 'tool-reply': 'tool-reply' } as const;
const beginning = /<div class="message (user|assistant|tool-reply)" id="/;
const time = /data-timestamp="([^"]{1,40})"/g;

function readPage(emit: Emit): TranscriptReader {
  let message: PageMessage | undefined;
  const finish = () => {
    if (message) readMessage(message, emit);
    message = undefined;
  };
  return {
    take(piece, line) {
      if (typeof piece !== 'string') return;
      const start = beginning.exec(piece.slice(0, 200));
      const role = start?.[1];
      if (role !== undefined && Object.hasOwn(roles, role)) {
        finish();
        const [stamp] = piece.slice(0, 1000).matchAll(time);
        message = {
          role: roles[role as keyof typeof roles],
          line,
          at: sessionTime(stamp?.[1]),
          html: [],
          length: 0,
        };
      } else if (piece.startsWith('<div class="pagination">')) finish();
      if (message) {
        message.length += piece.length;
        if (message.length <= maxMessage) message.html.push(piece);
      } else if (piece.includes('data-timestamp="')) {
        for (const [, stamp] of piece.matchAll(time)) {
          const at = sessionTime(stamp);
          if (at !== undefined) emit({ kind: 'time', line, at });
        }
      }
    },
    end: finish,
  };
}

const contentStart = '<div class="message-content">';

function readMessage(message: PageMessage, emit: Emit): void {
  const whole = message.html.join('\n');
  const start = whole.indexOf(contentStart);
  const html = start < 0 ? '' : whole.slice(start + contentStart.length);
  emitPageBlocks(html, message.role, { line: message.line, at: message.at }, emit);
}
