import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';

/**
 * What Claude Code's `/export` writes: the terminal's text, wrapped to its width. Prompts begin with `❯` (`>` before 2.1),
 * answers and tool calls with `⏺`, results with `⎿`. Calls may be folded into a line of prose, several answers may look
 * like one, and there are no times, ids or tokens.
 */
export const claudeCodeExport: TranscriptFormat = {
  id: 'claude-code-export',
  agent: 'claude-code',
  version: 2,
  unit: 'line',
  rendered: true,
  tells: ['prompts'],
  recognise({ head }) {
    const lines = head.split('\n');
    // Above the banner is only the mascot; words or a fence would be a text that quotes an export.
    const banner = lines.findIndex((line) => !decoration.test(line));
    if (!isBanner(lines[banner] ?? '') && !isWelcome(lines.slice(banner, banner + 2))) return 'no';
    return lines.some((line) => prompt.test(line) || bullet.test(line)) ? 'certain' : 'likely';
  },
  read: readExport,
};

/** In a box's upper edge, or beside the mascot. */
function isBanner(line: string): boolean {
  const start = line.slice(0, 200);
  return /^\s*╭─+ Claude Code v\d/.test(start) || /^[\s*]*[▐▛▜▝▘█▌]+[\s*]+Claude Code v\d/.test(start);
}

/** The box exports of 2025 begin with, which tells no version. Its first corner gets lost where it is copied. */
function isWelcome([edge = '', words = '']: readonly string[]): boolean {
  return /^\s*╭?─{10,300}╮\s*$/.test(edge) && /^\s*│ ✻ Welcome to Claude Code!?\s+│\s*$/.test(words);
}

const decoration = /^[\s*▐▛▜▝▘█▌]{0,200}$/;
const prompt = /^[❯>!] ?\S/;
const bullet = /^[⏺●] /;
const call = /^([A-Z]\w{0,60}|[\w -]{1,60} \(MCP\)|mcp__\w{1,200})\(/;

/** What is being told until another mark begins a line. */
interface Told {
  kind: 'prompt' | 'answer' | 'result' | 'notice' | 'thinking' | 'aside';
  line: number;
  text: string[];
}

/** Most lines of one message read; the rest of a longer one is left out. */
const maxLines = 100_000;

/** A result that begins on the last line of a long call. */
const inlineResult = ')  ⎿';

function readExport(emit: Emit): TranscriptReader {
  let told: Told | undefined;
  const begin = (kind: Told['kind'], line: number, text: string) => {
    if (told) finish(told, emit);
    told = { kind, line, text: [text] };
  };
  const add = (text: string) => {
    if (told && told.text.length < maxLines) told.text.push(text);
  };
  const result = (line: number, text: string) => {
    // After a prompt it is what the program itself says to it.
    const notice = told?.kind === 'prompt' || told?.kind === 'notice';
    if (told && (told.kind === 'result' || told.kind === 'notice')) add(text);
    else begin(notice ? 'notice' : 'result', line, text);
  };
  return {
    take(piece, line) {
      if (typeof piece !== 'string') return;
      const version = isBanner(piece)
        ? /Claude Code v(\d[\w.-]{0,30})/.exec(piece.slice(0, 200))?.[1]
        : undefined;
      if (version !== undefined) {
        begin('aside', line, '');
        emit({ kind: 'session', line, agentVersion: version });
      } else if (prompt.test(piece)) begin('prompt', line, piece.startsWith('!') ? piece : piece.slice(1));
      else if (bullet.test(piece)) begin('answer', line, piece.slice(2));
      else if (/^ {0,4}⎿/.test(piece)) result(line, piece.slice(piece.indexOf('⎿') + 1));
      else if (/^[✻✽✢✶] ?\S/.test(piece)) begin('aside', line, piece);
      else if (/^[∴※] ?\S/.test(piece))
        begin(piece.startsWith('∴') ? 'thinking' : 'notice', line, piece.slice(1));
      else if (told?.kind === 'answer' && piece.includes(inlineResult)) {
        const end = piece.indexOf(inlineResult);
        add(piece.slice(0, end + 1));
        result(line, piece.slice(end + inlineResult.length));
      } else add(piece);
    },
    end() {
      if (told) finish(told, emit);
    },
  };
}

function finish(told: Told, emit: Emit): void {
  const { line } = told;
  const text = told.text
    .map((part) => part.replace(/^ {2}/, '').trimEnd())
    .join('\n')
    .trim();
  if (told.kind === 'prompt') {
    const purpose = /^[/!] ?\S/.test(text) ? 'command' : 'prompt';
    emit({ kind: 'message', line, role: 'user', purpose, text });
  } else if (told.kind === 'answer') {
    const name = call.exec(text.slice(0, 300))?.[1];
    if (name === undefined) emit({ kind: 'message', line, role: 'assistant', text });
    else emit({ kind: 'tool_call', line, name, input: text.slice(name.length + 1).replace(/\)$/, '') });
  } else if (told.kind === 'result') emit({ kind: 'tool_result', line, text, failed: null });
  else if (told.kind === 'thinking') emit({ kind: 'thinking', line, text });
  else if (told.kind === 'notice') emit({ kind: 'message', line, role: 'system', text });
}
