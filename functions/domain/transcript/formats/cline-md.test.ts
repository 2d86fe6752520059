import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const task = `**User:**

<task>
Which ports are open?
</task>

<environment_details>
# Current Mode
ACT MODE
</environment_details>

---

**Assistant:**

I read the code.

<read_file>
<path>main.go</path>
</read_file>

---

**User:**

[read_file for 'main.go'] Result:
package main

---

**Assistant:**

<attempt_completion>
<result>
Two.
</result>
</attempt_completion>

[Tool Use: execute_command]
Command: ss

---

**User:**

[attempt_completion] Result:
<feedback>
Close 80.
</feedback>
`;

test('an exported task is counted by its headings', () => {
  expect(readText(task).summary).toMatchObject({
    agent: 'cline-family',
    format: 'cline-md',
    rendered: true,
    models: null,
    startedAt: null,
    userMessages: 3,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['execute_command', 'read_file'],
    toolCallsPaired: null,
    languages: ['Go'],
    hasThinking: null,
  });
});

test('what was typed is told without what surrounds it', () => {
  const messages = readText(task).events.flatMap((event) => (event.kind === 'message' ? [event] : []));
  expect(messages.map(({ role, purpose, text }) => [purpose ?? role, text])).toEqual([
    ['prompt', 'Which ports are open?'],
    ['context', '# Current Mode\nACT MODE'],
    ['assistant', 'I read the code.'],
    ['prompt', "[read_file for 'main.go'] Result:\npackage main"],
    ['assistant', 'Two.'],
    ['prompt', 'Close 80.'],
  ]);
});

test('calls in a fence of their own leave no fence behind', () => {
  const fenced = task.replace(/<read_file>[\s\S]*<\/read_file>\n/, '```tool_use\n$&\n```\n');
  expect(readText(fenced).events).toContainEqual(expect.objectContaining({ text: 'I read the code.' }));
});

test('chats under the same headings are not tasks', () => {
  const chat = '**User:**\n\nhello\n\n---\n\n**Assistant:**\n\nhi\n';
  const guide = `Exports look so:\n\n${task}`;
  for (const text of [chat, guide]) expect(readText(text).summary).toBeNull();
});
