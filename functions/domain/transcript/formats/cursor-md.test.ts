import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const exported = `# Ports of the service
_Exported on 3.5.2026 um 14:02:11 MESZ from Cursor (2.4.1)_

---

**User**

Which ports are open?

---

**Cursor**

Two of them:

- 80

---

- 443

---

**User**

Close 80.
`;

test('an export of Cursor has its version in the header, and messages under headings', () => {
  const { summary, events } = readText(exported);
  expect(summary).toMatchObject({
    agent: 'cursor',
    format: 'cursor-md',
    rendered: true,
    agentVersion: '2.4.1',
    startedAt: null,
    userMessages: 2,
    assistantMessages: 1,
    toolCalls: null,
    hasThinking: null,
  });
  expect(events.filter((event) => event.kind === 'message')).toEqual([
    { kind: 'message', line: 6, role: 'user', purpose: 'prompt', text: 'Which ports are open?' },
    { kind: 'message', line: 12, role: 'assistant', text: 'Two of them:\n\n- 80\n\n---\n\n- 443' },
    { kind: 'message', line: 24, role: 'user', purpose: 'prompt', text: 'Close 80.' },
  ]);
});

test('a heading without a rule before it belongs to the text', () => {
  const { summary } = readText(
    exported.replace('- 80\n\n---\n\n- 443', 'as in\n\n**User**\n\nwhich I quote'),
  );
  expect(summary).toMatchObject({ userMessages: 2, assistantMessages: 1 });
});

test('line ends of Windows are read as well', () => {
  expect(readText(exported.replaceAll('\n', '\r\n')).summary).toMatchObject({
    userMessages: 2,
    agentVersion: '2.4.1',
  });
});

test('notes about a chat, or about such exports, are not one', () => {
  const notes = '# Chat about ports\n\n**User**\n\nWhich ports?\n\n---\n\n**Cursor**\n\nTwo.\n';
  const guide = `# How exports look\n\nThey begin like this:\n\n\`\`\`\n${exported}\`\`\`\n`;
  const empty = '# Ports\n_Exported on 3.5.2026 from Cursor (2.4.1)_\n';
  for (const text of [notes, guide, empty]) expect(readText(text).summary).toBeNull();
});
