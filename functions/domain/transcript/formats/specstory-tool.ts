import type { Emit } from '../event.ts';

interface Tool {
  id: string;
  name: string;
  messageId: string;
  /** What stands between its tags. */
  lines: readonly string[];
}

const resultHeading = /^(?:\*\*)?(Result|Error|Output):(?:\*\*)?$/;
const frame = /^<\/?details>|<\/details>$/g;

/**
 * Emits a tool call as SpecStory prints it. Each agent's tools are printed differently; common to them is that what came
 * back is last, under `Result:` or in a fence of no language, and all before it is what was asked.
 */
export function readToolBody(
  tool: Tool,
  place: { line: number; at: string | undefined; subagent: string | undefined },
  emit: Emit,
): void {
  const asked: string[] = [];
  let answered: string[] | null = null;
  let failed: boolean | null = null;
  let fenced = false;
  for (const line of tool.lines) {
    const title = fenced ? null : resultHeading.exec(line);
    if (answered) answered.push(line);
    else if (title) {
      answered = [];
      failed = title[1] === 'Error';
    } else if (line.startsWith('```')) {
      if (!fenced && (line === '```' || line === '```text')) answered = [];
      fenced = !fenced;
    } else {
      const words = fenced
        ? line
        : line.replaceAll(frame, '').replace(/^<summary>(.{0,1000})<\/summary>$/, '$1');
      if (fenced || words !== '') asked.push(words);
    }
  }
  const { lines, ...call } = tool;
  emit({ ...place, kind: 'tool_call', ...call, input: asked.join('\n') });
  if (answered) emit({ ...place, kind: 'tool_result', callId: tool.id, text: unframed(answered), failed });
}

/** Takes off the fence and the frame a result is printed in. */
function unframed(lines: string[]): string {
  let end = lines.length;
  while (end > 0 && /^(?:<\/details>|```)?$/.test(lines[end - 1] ?? '')) end -= 1;
  const start = lines.findIndex((line) => line !== '' && !line.startsWith('```'));
  return lines.slice(Math.max(0, start), end).join('\n');
}
