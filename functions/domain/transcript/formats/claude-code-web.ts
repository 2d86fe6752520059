import type { TranscriptFormat } from '../format.ts';
import { array, at } from '../json.ts';
import { isTurn, readLines } from './claude-code.ts';

/**
 * A session of Claude Code on the web, as its API gives it: one document whose `loglines` are the lines of Claude Code's
 * own files. Shape as in https://github.com/simonw/claude-code-transcripts (`tests/sample_session.json`).
 */
export const claudeCodeWeb: TranscriptFormat = {
  id: 'claude-code-web',
  agent: 'claude-code',
  version: 1,
  unit: 'document',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ document }) {
    const lines = array(at(document, 'loglines'));
    return lines?.slice(0, 50).some(isTurn) ? 'certain' : 'no';
  },
  read(emit) {
    const readLine = readLines(emit);
    return {
      take(piece, line) {
        for (const logline of array(at(piece, 'loglines')) ?? []) readLine(logline, line);
      },
      end() {},
    };
  },
};
