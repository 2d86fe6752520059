import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { label } from '../json.ts';
import { parsedArguments } from './json-arguments.ts';

/**
 * Markdown of Kimi CLI's `/export`: front matter, an overview, then `## Turn 1`, `## Turn 2` and so on.
 * All answers of a turn stand under one heading and count as one. Tells no times and no model.
 * https://github.com/MoonshotAI/kimi-cli/blob/main/src/kimi_cli/utils/export.py
 */
export const kimiExport: TranscriptFormat = {
  id: 'kimi-cli-export',
  agent: 'kimi-cli',
  version: 2,
  unit: 'line',
  rendered: true,
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ head }) {
    const lines = head.slice(0, 5000).split('\n');
    return lines[0] === '---' &&
      lines.slice(1, 10).some((line) => line.startsWith('session_id: ')) &&
      lines.slice(1, 20).includes('# Kimi Session Export')
      ? 'certain'
      : 'no';
  },
  read: readExport,
};

type Section = 'front' | 'overview' | 'user' | 'assistant' | 'system';
type Inside = { kind: 'thinking' } | { kind: 'call'; name: string } | { kind: 'result' } | null;

const turnHeading = /^## Turn (\d{1,9})$/;
const callHeading = /^#### Tool Call: ([^\s(]{1,200})/;
const opening = /^(`{3,20})json$/;
const callId = /^<!-- call_id: (.{1,300}) -->$/;

function readExport(emit: Emit): TranscriptReader {
  let section: Section = 'front';
  let inside: Inside = null;
  let turn = 0;
  let answered = false;
  let turnJustBegan = false;
  let id: string | undefined;
  let parts: string[] = [];
  /** What closes a call's arguments: a fence longer than any in them. */
  let fence = '';
  let startedAt = 1;

  const begin = (line: number) => {
    parts = [];
    fence = '';
    id = undefined;
    startedAt = line;
  };

  /** Emits what was gathered and is not inside a call, a result or thinking. */
  const flush = () => {
    const text = parts.join('\n').trim();
    const place = { line: startedAt };
    if (inside?.kind === 'thinking') emit({ ...place, kind: 'thinking', text });
    else if (inside?.kind === 'result')
      emit({ ...place, kind: 'tool_result', callId: id, text, failed: text.startsWith('<system>ERROR') });
    else if (inside?.kind === 'call')
      emit({ ...place, kind: 'tool_call', id, name: inside.name, input: parsedArguments(text) });
    else if (section === 'user') {
      const purpose = /^<system[ >-]/.test(text) ? 'context' : 'prompt';
      emit({ ...place, kind: 'message', role: 'user', purpose, text });
    } else if (section === 'assistant' && (text !== '' || !answered)) {
      emit({ ...place, kind: 'message', role: 'assistant', id: `turn ${turn}`, text });
      answered = true;
    } else if (section === 'system') emit({ ...place, kind: 'message', role: 'system', text });
    inside = null;
  };

  const enter = (next: Section, line: number) => {
    flush();
    section = next;
    turnJustBegan = false;
    begin(line);
  };

  /** Begins what the line begins; whether it was such a line. */
  const opens = (piece: string, line: number): boolean => {
    if (turnHeading.exec(piece)?.[1] === String(turn + 1)) {
      enter('overview', line);
      turn += 1;
      answered = false;
      turnJustBegan = true;
      return true;
    }
    // The words of a prompt may be headings too: these come once, where the export puts them.
    if (turnJustBegan && piece === '### User') enter('user', line);
    else if (turn > 0 && !answered && section !== 'assistant' && piece === '### Assistant')
      enter('assistant', line);
    else if (turnJustBegan && (piece === '### System' || piece === '### Developer')) enter('system', line);
    else if (section === 'assistant') return opensInside(piece, line);
    else return false;
    return true;
  };

  const opensInside = (piece: string, line: number): boolean => {
    const call = callHeading.exec(piece)?.[1];
    let next: Inside = null;
    if (call !== undefined) next = { kind: 'call', name: call };
    else if (piece === '<details><summary>Thinking</summary>') next = { kind: 'thinking' };
    else if (piece.startsWith('<details><summary>Tool Result: ')) next = { kind: 'result' };
    else return false;
    flush();
    begin(line);
    inside = next;
    return true;
  };

  return {
    take(piece, line) {
      if (typeof piece !== 'string') return;
      if (section === 'front') {
        if (piece.startsWith('session_id: '))
          emit({ line, kind: 'session', id: label(piece.slice(12).trim()) });
        if (piece === '# Kimi Session Export') section = 'overview';
        return;
      }
      if (inside) {
        const told = id === undefined ? callId.exec(piece.slice(0, 330))?.[1] : undefined;
        const opened = inside.kind === 'call' && fence === '' ? opening.exec(piece)?.[1] : undefined;
        if (told !== undefined) id = told;
        else if (opened !== undefined) fence = opened;
        else if (piece === (inside.kind === 'call' ? fence || '```' : '</details>')) {
          flush();
          begin(line + 1);
        } else parts.push(piece);
        return;
      }
      if (opens(piece, line)) return;
      if (piece.trim() !== '') turnJustBegan = false;
      if (section !== 'overview') parts.push(piece);
    },
    end: flush,
  };
}
