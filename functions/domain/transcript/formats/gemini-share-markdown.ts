import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { parseValues } from '../values.ts';
import { gatherText } from './gather-text.ts';
import { emitModelTurn, emitUserTurn } from './gemini-turn.ts';

const heading = /^## (USER|MODEL) (?:🧑\S{0,8}|✨\S{0,2})$/u;
/** What stands before a tool's call or answer; the text before it may be on the same line. */
const tool = /\*\*Tool (Command|Response)\*\*:$/;

/**
 * What `/chat share` of Gemini CLI writes to a `.md` file: a heading a turn, a rule between two, calls and answers of
 * tools as JSON. Thoughts are not told from text.
 * https://github.com/google-gemini/gemini-cli/blob/main/packages/cli/src/ui/utils/historyExportUtils.ts
 */
export const geminiShareMarkdown: TranscriptFormat = {
  id: 'gemini-share-md',
  agent: 'gemini-cli',
  version: 1,
  unit: 'line',
  rendered: true,
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ head }) {
    const first = head.trimStart().split('\n', 1)[0] ?? '';
    return heading.test(first.trimEnd()) ? 'certain' : 'no';
  },
  read(emit) {
    const turn = gatherText();
    let role: string | undefined;
    let started = 1;
    /** A rule and what blank lines follow it: the end of a turn, if a heading comes next. */
    let rule: string[] = [];

    const finish = () => {
      if (role !== undefined) emitTurn(role, turn.lines(), started, emit);
      turn.clear();
      rule = [];
    };

    return {
      take(piece, line) {
        if (typeof piece !== 'string') return;
        const found =
          role === undefined || rule.length > 0 ? heading.exec(piece.slice(0, 40).trimEnd()) : null;
        if (found) {
          finish();
          role = found[1];
          started = line;
        } else if (piece === '---' || (rule.length > 0 && rule.length < 5 && piece === '')) {
          if (piece === '---') for (const held of rule.splice(0)) turn.add(held);
          rule.push(piece);
        } else {
          for (const held of rule.splice(0)) turn.add(held);
          turn.add(piece);
        }
      },
      end: finish,
    };
  },
};

/** Emits a turn from its lines. */
function emitTurn(role: string, lines: readonly string[], line: number, emit: Emit): void {
  const parts = turnParts(lines);
  if (role === 'USER') emitUserTurn(parts, { line }, emit);
  else emitModelTurn(parts, { line }, emit);
}

/** Puts a turn's parts together again. */
function turnParts(lines: readonly string[]): unknown[] {
  const parts: unknown[] = [];
  let words: string[] = [];
  let key = '';
  let json: string[] = [];
  const finishText = () => {
    const text = words.join('\n').trim();
    if (text !== '') parts.push({ text });
    words = [];
  };
  const finishJson = () => {
    if (key !== '') parts.push({ [key]: parseValues(json.join('\n')).values[0] ?? {} });
    key = '';
    json = [];
  };
  const readText = (text: string) => {
    const [, what] = tool.exec(text.slice(-40)) ?? [];
    if (what === undefined) {
      words.push(text);
      return;
    }
    words.push(text.slice(0, -`**Tool ${what}**:`.length));
    finishText();
    key = what === 'Command' ? 'functionCall' : 'functionResponse';
  };
  for (const each of lines) {
    if (key === '') readText(each);
    else if (!each.startsWith('```')) json.push(each);
    else if (json.length > 0) {
      // JSON has no line that begins so, which makes this its end; the next part follows without a line break.
      finishJson();
      if (each.length > 3) readText(each.slice(3));
    }
  }
  finishJson();
  finishText();
  return parts;
}
