import { describe, expect, test } from 'vitest';
import { readText } from '../testing.ts';

const front = `---
session_id: 0d9e
exported_at: 2026-05-01T10:00:00+00:00
work_dir: /src
message_count: 5
token_count: 4321
---

# Kimi Session Export

## Overview

- **Topic**: Rename it
- **Conversation**: 2 turns | 1 tool calls | 4,321 tokens

---

`;
const turns = `## Turn 1

### User

Rename it. Here is the heading:

### User

still me

### Assistant

<details><summary>Thinking</summary>

sed will do

</details>

On it.

#### Tool Call: Shell (\`sed -i s/a/b/ x\`)
<!-- call_id: c1 -->
\`\`\`json
{
  "command": "sed -i s/a/b/ x"
}
\`\`\`

<details><summary>Tool Result: Shell (\`sed -i s/a/b/ x\`)</summary>

<!-- call_id: c1 -->
<system>ERROR: no such file</system>

</details>

It failed.

### Assistant

is a heading I wrote.

## Turn 2

### User

Never mind.
`;

describe('Markdown exported by Kimi CLI', () => {
  test('is counted', () => {
    expect(readText(front + turns).summary).toMatchObject({
      format: 'kimi-cli-export',
      agent: 'kimi-cli',
      rendered: true,
      sessionIds: ['0d9e'],
      userMessages: 2,
      assistantMessages: 1,
      toolCalls: 1,
      toolNames: ['Shell'],
      toolCallsPaired: true,
      hasThinking: true,
      inputTokens: null,
      startedAt: null,
    });
  });

  test('keeps the words, the call and its result', () => {
    const events = readText(front + turns).events.filter(({ kind }) => kind !== 'session');
    expect(events).toMatchObject([
      {
        kind: 'message',
        role: 'user',
        line: 20,
        text: 'Rename it. Here is the heading:\n\n### User\n\nstill me',
      },
      { kind: 'message', role: 'assistant', text: '' },
      { kind: 'thinking', text: 'sed will do' },
      { kind: 'message', role: 'assistant', text: 'On it.' },
      { kind: 'tool_call', id: 'c1', name: 'Shell', input: { command: 'sed -i s/a/b/ x' } },
      { kind: 'tool_result', callId: 'c1', text: '<system>ERROR: no such file</system>', failed: true },
      { kind: 'message', role: 'assistant', text: 'It failed.\n\n### Assistant\n\nis a heading I wrote.' },
      { kind: 'message', role: 'user', text: 'Never mind.' },
    ]);
  });

  test('arguments that hold fences stand between longer ones, with blank lines around', () => {
    const call = (name: string, fence: string) => [
      `#### Tool Call: ${name}`,
      '',
      `<!-- call_id: ${name} -->`,
      '',
      `${fence}json`,
      '{',
      '  "prompt": "run"',
      '}',
      fence,
      '',
    ];
    const text = [
      '## Turn 1',
      '',
      '### Assistant',
      '',
      ...call('Agent', '````'),
      ...call('Bash', '```'),
      'Ran.',
    ];
    const { events } = readText(`${front}${text.join('\n')}\n`);
    expect(events.slice(1)).toMatchObject([
      { kind: 'message', text: '' },
      { kind: 'tool_call', id: 'Agent', name: 'Agent', input: { prompt: 'run' } },
      { kind: 'tool_call', id: 'Bash', name: 'Bash', input: { prompt: 'run' } },
      { kind: 'message', role: 'assistant', text: 'Ran.' },
    ]);
  });

  test('a file with Windows line ends is the same', () => {
    expect(readText((front + turns).replaceAll('\n', '\r\n')).summary).toEqual(
      readText(front + turns).summary,
    );
  });

  test('a page about such exports is not one', () => {
    expect(readText(`# Exports\n\n\`\`\`\n${front}${turns}\`\`\`\n`).summary).toBeNull();
    expect(readText('---\ntitle: x\n---\n\n# Kimi Session Export\n').summary).toBeNull();
  });
});
