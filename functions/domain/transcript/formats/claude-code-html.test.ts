import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const page = (title: string, ...body: string[]) =>
  [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    `    <title>${title}</title>`,
    '</head>',
    '<body>',
    ...body,
  ].join('\n');
const stamp = (second: number) => `2026-02-01T10:00:0${second}.000Z`;
const message = (role: string, second: number, html: string) =>
  `<div class="message ${role}" id="msg-${second}"><div class="message-header"><span class="role-label">${role}</span><time datetime="${stamp(second)}" data-timestamp="${stamp(second)}">${stamp(second)}</time></div><div class="message-content">${html}</div></div>`;
const truncatable = (html: string) =>
  `<div class="truncatable"><div class="truncatable-content">${html}</div><button class="expand-btn">Show more</button></div>`;

const messages = [
  '<div class="pagination">',
  '</div>',
  message('user', 0, '<div class="user-content"><p>Count &lt;frogs&gt;</p></div>'),
  message(
    'assistant',
    1,
    '\n<div class="thinking"><div class="thinking-label">Thinking</div><p>Hop.</p></div>\n<div class="assistant-text"><p>Looking,\ntwice.</p></div>',
  ),
  message(
    'assistant',
    2,
    `<div class="tool-use" data-tool-id="t1"><div class="tool-header"><span class="tool-icon">⚙</span> Glob</div>${truncatable('<pre class="json">{\n  &#34;pattern&#34;: &#34;*.frog&#34;\n}</pre>')}</div>`,
  ),
  message('tool-reply', 3, `<div class="tool-result">${truncatable('<pre>two</pre>')}</div>`),
  message(
    'assistant',
    4,
    `\n<div class="file-tool edit-tool" data-tool-id="t2">\n<div class="file-tool-header edit-header"><span class="file-tool-icon">✏️</span> Edit <span class="file-tool-path">pond.rs</span></div>\n<div class="file-tool-fullpath">/tmp/pond.rs</div>\n<div class="truncatable"><div class="truncatable-content">\n<div class="edit-section edit-old"><div class="edit-label">−</div><pre class="edit-content">one</pre></div>\n<div class="edit-section edit-new"><div class="edit-label">+</div><pre class="edit-content">two</pre></div>\n</div><button class="expand-btn">Show more</button></div>\n</div>`,
  ),
  message(
    'assistant',
    5,
    `<div class="tool-pair">\n<div class="tool-use bash-tool" data-tool-id="t3">\n<div class="tool-header"><span class="tool-icon">$</span> Bash</div>${truncatable('<pre class="bash-command">ls</pre>')}\n</div><div class="tool-result tool-error">${truncatable('<pre>no such pond</pre>')}</div></div>`,
  ),
  '<div class="pagination">',
];

test('messages of a page are read with their tools', () => {
  const { summary, events } = readText(page('Claude Code transcript - page 1', ...messages));
  expect(summary).toMatchObject({
    agent: 'claude-code',
    format: 'claude-code-html',
    rendered: true,
    userMessages: 1,
    assistantMessages: 4,
    toolCalls: 3,
    toolNames: ['Bash', 'Edit', 'Glob'],
    toolCallsPaired: null,
    hasThinking: true,
    languages: ['Rust'],
    models: null,
    agentVersion: null,
    inputTokens: null,
    startedAt: stamp(0),
    endedAt: stamp(5),
  });
  const expected = [
    { kind: 'message', role: 'user', text: 'Count <frogs>' },
    { kind: 'message', role: 'assistant', text: 'Looking,\ntwice.' },
    { kind: 'thinking', text: 'Hop.' },
    { kind: 'tool_call', id: 't1', name: 'Glob', input: { pattern: '*.frog' } },
    { kind: 'tool_result', text: 'two', failed: false },
    {
      kind: 'tool_call',
      id: 't2',
      input: { file_path: '/tmp/pond.rs', old_string: 'one', new_string: 'two' },
    },
    { kind: 'tool_call', id: 't3', input: { command: 'ls' } },
    { kind: 'tool_result', callId: 't3', text: 'no such pond', failed: true },
  ];
  for (const event of expected) expect(events).toContainEqual(expect.objectContaining(event));
});

test('the index repeats prompts and has only times', () => {
  const item = (second: number) =>
    `<div class="index-item"><a href="page-001.html#msg"><time datetime="${stamp(second)}" data-timestamp="${stamp(second)}">x</time><p>Count</p></a></div>`;
  const { summary } = readText(page('Claude Code transcript - Index', item(1), item(4)));
  expect(summary).toMatchObject({
    userMessages: 0,
    assistantMessages: 0,
    toolCalls: 0,
    startedAt: stamp(1),
    endedAt: stamp(4),
  });
});

test('other pages are no session', () => {
  for (const text of [
    page('The pond, page 1', ...messages),
    page('Codex transcript - page 1', ...messages),
    `# Notes\n\n\`\`\`html\n${page('Claude Code transcript - page 1', ...messages)}\n\`\`\``,
  ]) {
    expect(readText(text).summary).toBeNull();
  }
});

test('a page cut anywhere is read up to there', () => {
  const whole = page('Claude Code transcript - page 1', ...messages);
  for (let length = 120; length < whole.length; length += 97) {
    expect(readText(whole.slice(0, length)).summary).toMatchObject({ format: 'claude-code-html' });
  }
});
