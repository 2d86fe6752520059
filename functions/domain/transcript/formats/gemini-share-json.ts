import type { TranscriptFormat } from '../format.ts';
import { array, at, label } from '../json.ts';
import { emitModelTurn, emitUserTurn } from './gemini-turn.ts';
import { partsOf, partTexts } from './google-parts.ts';

/** Tools only Gemini CLI calls so; a history that calls two of them is its own although its beginning was cut. */
const ownTools = new Set([
  'activate_skill',
  'google_web_search',
  'grep_search',
  'read_many_files',
  'run_shell_command',
  'save_memory',
  'search_file_content',
  'update_topic',
  'write_todos',
]);

/**
 * What `/chat share` of Gemini CLI writes to a `.json` file: the turns as they were sent to Google's API, without times,
 * models or tokens. Any other history of that API looks the same but for the agent's own first words.
 * https://github.com/google-gemini/gemini-cli/blob/main/packages/cli/src/ui/utils/historyExportUtils.ts
 */
export const geminiShareJson: TranscriptFormat = {
  id: 'gemini-share-json',
  agent: 'gemini-cli',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ records }) {
    const turns = records.filter(isTurn);
    if (turns.length === 0 || turns.length < records.length) return 'no';
    const first = partTexts(partsOf(at(turns[0], 'parts')))[0] ?? '';
    if (first.slice(0, 400).includes('This is the Gemini CLI')) return 'certain';
    const called = turns.flatMap((turn) =>
      partsOf(at(turn, 'parts')).flatMap((part) => label(at(part, 'functionCall', 'name')) ?? []),
    );
    return new Set(called.filter((name) => ownTools.has(name))).size > 1 ? 'likely' : 'no';
  },
  read: (emit) => ({
    take(piece, line) {
      if (!isTurn(piece)) return;
      const parts = partsOf(at(piece, 'parts'));
      if (at(piece, 'role') === 'user') emitUserTurn(parts, { line }, emit);
      else emitModelTurn(parts, { line }, emit);
    },
    end() {},
  }),
};

function isTurn(record: unknown): boolean {
  const role = at(record, 'role');
  return (role === 'user' || role === 'model') && array(at(record, 'parts')) !== undefined;
}
