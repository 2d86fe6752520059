import { describe, expect, test } from 'vitest';
import { readText } from '../testing.ts';

const fence = '```';
const answer = (command: string, tokens: number, seconds = 0) => ({
  role: 'assistant',
  content: `THOUGHT: so\n\n${fence}bash\n${command}\n${fence}`,
  extra: {
    response: {
      created: 1_790_000_000 + seconds,
      model: 'glm-9',
      usage: { prompt_tokens: tokens, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 1 } },
    },
  },
});
const info = {
  mini_version: '1.9.1',
  exit_status: 'Submitted',
  config: { model: { model_name: 'z/glm-9' } },
};
const asked = [
  { role: 'system', content: 'You are a helper.' },
  { role: 'user', content: 'Please solve it' },
];
const older = {
  info,
  messages: [
    ...asked,
    answer('ls', 10),
    { role: 'user', content: '<returncode>0</returncode>\n<output>\na\n</output>' },
    { role: 'assistant', content: 'no command here' },
    { role: 'user', content: 'Please always provide EXACTLY ONE action' },
    answer('false', 20, 5),
    { role: 'user', content: '<returncode>1</returncode>\n<output>\n</output>' },
    answer('echo DONE', 30, 9),
    { role: 'user', content: '' },
    { role: 'user', content: 'The user added a new task: once more' },
  ],
  trajectory_format: 'mini-swe-agent-1',
};
const newer = {
  info: { ...info, mini_version: '2.2.8' },
  messages: [
    ...asked,
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'bash', arguments: '{"command":"ls"}' } }],
      extra: { actions: [{ command: 'ls', tool_call_id: 'c1' }], timestamp: 1_790_000_000.5 },
    },
    { role: 'tool', tool_call_id: 'c1', content: 'a', extra: { returncode: 0 } },
    {
      object: 'response',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'Looking.' }] }],
      usage: { input_tokens: 100, output_tokens: 40 },
      extra: { actions: [{ command: 'pwd', tool_call_id: 'c2' }] },
    },
    { type: 'function_call_output', call_id: 'c2', output: '/w', extra: { returncode: 2 } },
    { role: 'exit', content: 'done', extra: { exit_status: 'Submitted' } },
  ],
  trajectory_format: 'mini-swe-agent-1.1',
};

describe('trajectories of mini-swe-agent', () => {
  test('the older ones: a command in a code block, its output in a user’s message', () => {
    const { summary, events } = readText(JSON.stringify(older));
    expect(summary).toMatchObject({
      format: 'mini-swe-agent',
      agent: 'mini-swe-agent',
      agentVersion: '1.9.1',
      models: ['z/glm-9'],
      userMessages: 2,
      assistantMessages: 4,
      toolCalls: 3,
      toolNames: ['bash'],
      toolCallsPaired: true,
      inputTokens: 60,
      outputTokens: 9,
      startedAt: '2026-09-21T14:13:20.000Z',
      endedAt: '2026-09-21T14:13:29.000Z',
    });
    expect(events.filter(({ kind }) => kind === 'tool_call')).toMatchObject([
      { input: { command: 'ls' } },
      { input: { command: 'false' } },
      { input: { command: 'echo DONE' } },
    ]);
    expect(events.filter(({ kind }) => kind === 'tool_result')).toMatchObject([
      { failed: false },
      { failed: true },
      { failed: null },
    ]);
  });

  test('the newer ones: tool calls, and responses of the Responses API', () => {
    const { summary, events } = readText(JSON.stringify(newer));
    expect(summary).toMatchObject({
      userMessages: 1,
      assistantMessages: 2,
      toolCalls: 2,
      toolCallsPaired: true,
      inputTokens: 100,
      outputTokens: 40,
    });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'message', text: 'Looking.' }));
    expect(events.filter(({ kind }) => kind === 'tool_result')).toMatchObject([
      { callId: 'c1', text: 'a', failed: false },
      { callId: 'c2', text: '/w', failed: true },
    ]);
  });

  test('a run that failed at once has no answers, and no tokens are known', () => {
    expect(readText(JSON.stringify({ ...older, messages: asked })).summary).toMatchObject({
      userMessages: 1,
      assistantMessages: 0,
      toolCalls: 0,
      inputTokens: null,
    });
  });

  test('bare messages are not a trajectory', () => {
    expect(readText(JSON.stringify(older.messages)).summary).toBeNull();
    expect(readText(JSON.stringify({ outcome: 'x', messages: older.messages })).summary).toBeNull();
  });
});
