import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const stamp = (second: number) => `2026-02-01T10:00:${String(second).padStart(2, '0')}.000Z`;
const line = (second: number, type: string, payload: unknown) => ({
  timestamp: stamp(second),
  type,
  payload,
});
const item = (second: number, payload: object) => line(second, 'response_item', payload);
const event = (second: number, type: string, more: object = {}) =>
  line(second, 'event_msg', { type, ...more });
const said = (second: number, role: string, spoken: string) =>
  item(second, {
    type: 'message',
    role,
    content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text: spoken }],
  });
const meta = (more: object = {}) =>
  line(5, 'session_meta', {
    id: 's-1',
    timestamp: stamp(1),
    cwd: '/tmp/pond',
    originator: 'codex_cli_rs',
    cli_version: '0.142.0',
    source: 'cli',
    ...more,
  });
const tokens = (second: number, input: number, output: number) =>
  event(second, 'token_count', {
    info: { total_token_usage: { input_tokens: input, cached_input_tokens: 5, output_tokens: output } },
  });
const output = (second: number, callId: string, given: unknown) =>
  item(second, { type: 'function_call_output', call_id: callId, output: given });

const session = [
  meta(),
  said(6, 'developer', '<permissions instructions>none</permissions instructions>'),
  said(6, 'user', '<environment_context>a pond</environment_context>'),
  line(7, 'turn_context', { model: 'gpt-5.5', cwd: '/tmp/pond' }),
  said(8, 'user', 'Count the frogs'),
  event(8, 'user_message', { message: 'Count the frogs', images: [] }),
  event(8, 'token_count', { info: null }),
  event(9, 'agent_reasoning', { text: 'Frogs hop.' }),
  item(9, { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Frogs hop.' }] }),
  event(10, 'agent_message', { message: 'I look.' }),
  said(10, 'assistant', 'I look.'),
  item(11, { type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}', call_id: 'c1' }),
  output(12, 'c1', 'Process exited with code 2\nOutput:\nno pond'),
  item(13, { type: 'custom_tool_call', name: 'apply_patch', input: '*** Begin Patch', call_id: 'c2' }),
  item(14, {
    type: 'custom_tool_call_output',
    call_id: 'c2',
    output: '{"output":"done","metadata":{"exit_code":0}}',
  }),
  item(15, { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'frogs' } }),
  tokens(16, 100, 20),
  tokens(17, 250, 45),
  said(18, 'assistant', 'Two.'),
  event(59, 'task_complete', { last_agent_message: 'Two.' }),
];

const messagesOf = (...records: unknown[]) =>
  readText(jsonLines(...records)).events.flatMap((each) =>
    each.kind === 'message' ? [[each.role, each.purpose, each.text]] : [],
  );

test('items are read, and the events that repeat them are not', () => {
  const { summary, events } = readText(jsonLines(...session));
  expect(summary).toMatchObject({
    agent: 'codex',
    format: 'codex',
    rendered: false,
    agentVersion: '0.142.0',
    sessionIds: ['s-1'],
    models: ['gpt-5.5'],
    userMessages: 1,
    userCommands: 0,
    assistantMessages: 2,
    toolCalls: 3,
    toolNames: ['apply_patch', 'exec_command', 'web_search_call'],
    toolCallsPaired: true,
    hasThinking: true,
    hasSubagents: null,
    firstPromptPresent: true,
  });
  expect(events.filter(({ kind }) => kind === 'thinking')).toEqual([
    expect.objectContaining({ text: 'Frogs hop.', messageId: 'rs_1' }),
  ]);
});

test('the session began when its first line says, not when the line was written', () => {
  expect(readText(jsonLines(...session)).summary).toMatchObject({
    startedAt: stamp(1),
    endedAt: stamp(59),
  });
});

test('token counts are totals so far, so the last one holds', () => {
  expect(readText(jsonLines(...session)).summary).toMatchObject({ inputTokens: 250, outputTokens: 45 });
  expect(readText(jsonLines(meta(), event(6, 'token_count', { info: null }))).summary).toMatchObject({
    inputTokens: null,
    outputTokens: null,
  });
});

test('calls have their arguments, results their text and whether they failed', () => {
  const { events } = readText(jsonLines(...session));
  for (const expected of [
    { kind: 'tool_call', id: 'c1', name: 'exec_command', input: { cmd: 'ls' } },
    { kind: 'tool_call', id: 'c2', name: 'apply_patch', input: '*** Begin Patch' },
    { kind: 'tool_result', callId: 'c1', failed: true, text: expect.stringContaining('no pond') },
    { kind: 'tool_result', callId: 'c2', failed: false, text: 'done' },
  ]) {
    expect(events).toContainEqual(expect.objectContaining(expected));
  }
});

test.each([
  ['plain', null, 'plain'],
  [{ content: 'in an object', success: false }, true, 'in an object'],
  ['{"output":"cut', null, '{"output":"cut'],
  [[{ type: 'input_text', text: 'in parts' }], null, 'in parts'],
  ['Exit code: 0\nfine', false, 'Exit code: 0\nfine'],
  [undefined, null, ''],
  [7, null, ''],
])('an output %j is failed %s', (given, failed, spoken) => {
  const { events } = readText(jsonLines(meta(), output(6, 'c1', given)));
  expect(events).toContainEqual(expect.objectContaining({ kind: 'tool_result', failed, text: spoken }));
});

test('in a file with events only what they tell was typed, and `!` input is a command', () => {
  expect(
    messagesOf(
      meta(),
      said(6, 'user', '# AGENTS.md instructions for the pond'),
      said(7, 'user', 'Count the frogs'),
      event(7, 'user_message', { message: 'Count the frogs' }),
      said(8, 'assistant', 'Two.'),
      said(9, 'user', 'Something the program added'),
      said(9, 'user', '<user_shell_command>\n<command>ls</command>\n</user_shell_command>'),
      event(10, 'user_message', { message: 'And the toads?' }),
      said(10, 'user', 'And the toads?'),
      said(11, 'assistant', 'None.'),
    ),
  ).toEqual([
    ['user', 'context', '# AGENTS.md instructions for the pond'],
    ['user', 'prompt', 'Count the frogs'],
    ['assistant', undefined, 'Two.'],
    ['user', 'context', 'Something the program added'],
    ['user', 'command', expect.stringContaining('<command>ls</command>')],
    ['user', 'prompt', 'And the toads?'],
    ['assistant', undefined, 'None.'],
  ]);
});

test('in a file without such events the text decides', () => {
  expect(
    messagesOf(
      meta(),
      said(6, 'user', '<user_instructions>be brief</user_instructions>'),
      said(6, 'user', '<environment_context>a pond</environment_context>'),
      said(7, 'user', 'Count the frogs'),
      said(8, 'assistant', 'Two.'),
      said(9, 'user', 'Count again'),
    ),
  ).toEqual([
    ['user', 'context', expect.any(String)],
    ['user', 'context', expect.any(String)],
    ['user', 'prompt', 'Count the frogs'],
    ['assistant', undefined, 'Two.'],
    ['user', 'prompt', 'Count again'],
  ]);
});

test('the same prompt typed twice counts twice', () => {
  const turn = (second: number) => [
    said(second, 'user', 'continue'),
    event(second, 'user_message', { message: 'continue' }),
    said(second, 'assistant', 'ok'),
  ];
  const { summary } = readText(jsonLines(meta(), ...turn(6), ...turn(7)));
  expect(summary).toMatchObject({ userMessages: 2, assistantMessages: 2 });
});

test('images of prompts and of results are attachments', () => {
  const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA' };
  const { events } = readText(
    jsonLines(
      meta(),
      item(6, { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'See' }, image] }),
      output(7, 'c1', [image, { type: 'input_file' }]),
    ),
  );
  expect(events.flatMap((each) => (each.kind === 'attachment' ? [each.mediaType] : []))).toEqual([
    'image/png',
    'image/png',
    null,
  ]);
});

test('summaries, notices and messages between agents are told and not counted', () => {
  const { summary, events } = readText(
    jsonLines(
      meta(),
      event(6, 'user_message', { message: 'Go' }),
      line(7, 'compacted', { message: 'We counted frogs.', replacement_history: [] }),
      event(8, 'error', { message: 'Out of flies' }),
      event(9, 'turn_aborted', { reason: 'interrupted' }),
      event(10, 'thread_rolled_back', { num_turns: 2 }),
      item(11, { type: 'agent_message', author: 'a', content: [{ type: 'input_text', text: 'Done.' }] }),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 0 });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction', text: 'We counted frogs.' }));
  expect(events.flatMap((each) => (each.kind === 'message' ? [each.text] : []))).toEqual([
    'Go',
    'Out of flies',
    'Turn aborted: interrupted',
    'Turns rolled back: 2',
    'Done.',
  ]);
});

test('reasoning that is encrypted is known to have been', () => {
  const { summary, events } = readText(
    jsonLines(meta(), item(6, { type: 'reasoning', summary: [], encrypted_content: 'x' })),
  );
  expect(summary?.hasThinking).toBe(true);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'thinking', text: '' }));
});

test('what the file of a subagent was asked was not typed', () => {
  const { summary, events } = readText(
    jsonLines(
      meta({ source: { subagent: 'review' }, agent_nickname: 'Newt' }),
      event(6, 'user_message', { message: 'Review the pond' }),
      said(7, 'assistant', 'Clean.'),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 0, assistantMessages: 1, hasSubagents: true });
  expect(events.every(({ subagent }) => subagent === 'Newt')).toBe(true);
});

test('a session that starts a subagent has one', () => {
  const { summary } = readText(
    jsonLines(
      meta(),
      event(6, 'user_message', { message: 'Go' }),
      event(7, 'collab_agent_spawn_end', { new_thread_id: 's-2' }),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, hasSubagents: true });
});

test('a fork is of its own version, though it holds the session it was forked from', () => {
  const { summary } = readText(
    jsonLines(meta(), meta({ id: 's-0', cli_version: '0.100.0' }), said(6, 'user', 'Go')),
  );
  expect(summary).toMatchObject({ agentVersion: '0.142.0', sessionIds: ['s-0', 's-1'] });
});

test('a line of a type nobody knows still tells the time', () => {
  const { summary } = readText(jsonLines(meta(), line(40, 'world_state', {}), event(50, 'frog_spotted')));
  expect(summary?.endedAt).toBe(stamp(50));
});

test('a file that lost its first line is recognised by the others', () => {
  expect(readText(jsonLines(...session.slice(1))).summary).toMatchObject({
    format: 'codex',
    agentVersion: null,
    sessionIds: null,
    userMessages: 1,
  });
});

test('what only looks like it is no session', () => {
  for (const records of [
    [{ session_id: 's', ts: 1, text: 'Count the frogs' }],
    [
      { type: 'session_meta', id: 's', cli_version: '1' },
      { type: 'message', role: 'user', text: 'Hi' },
    ],
    [{ timestamp: stamp(1), type: 'event', payload: { type: 'user_message', message: 'Hi' } }],
    [{ timestamp: stamp(1), type: 'response_item', payload: 'Hi' }],
    [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
  ]) {
    expect(readText(jsonLines(...records, ...records)).summary).toBeNull();
  }
  expect(
    readText(
      `# Rollouts\n\nEach line is an object.\n\n\`\`\`json\n${jsonLines(...session.slice(0, 2))}\`\`\`\n`,
    ).summary,
  ).toBeNull();
});

test('wrong types at every key are skipped', () => {
  for (const junk of [null, 7, 'x', [], [null], {}, true]) {
    const records = ['session_meta', 'turn_context', 'response_item', 'event_msg', 'compacted'].flatMap(
      (type) => [
        line(6, type, junk),
        line(7, type, { type: junk, role: junk, id: junk, message: junk, model: junk, source: junk }),
        { timestamp: junk, type, payload: { type: 'token_count', info: { total_token_usage: junk } } },
        line(8, type, { type: 'message', role: 'user', content: junk }),
        line(8, type, { type: 'message', role: 'assistant', content: [junk, { text: junk }] }),
        line(9, type, { type: 'reasoning', summary: junk, content: junk }),
        line(9, type, { type: 'function_call', name: junk, call_id: 'c', arguments: junk }),
        line(9, type, { type: 'function_call_output', call_id: 'c', output: junk }),
      ],
    );
    const { summary } = readText(jsonLines(meta(), junk, ...records));
    expect(summary).toMatchObject({ format: 'codex', agentVersion: '0.142.0', toolCalls: 1 });
  }
});
