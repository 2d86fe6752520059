import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const step = (source: string, more: object = {}) => ({
  step_id: 1,
  timestamp: '2026-01-02T03:04:05.678901+00:00',
  source,
  message: `${source} speaks`,
  ...more,
});
const call = (id: string) => ({ tool_call_id: id, function_name: 'shell', arguments: { path: 'a.zig' } });
const steps = [
  step('system'),
  step('user'),
  step('agent', {
    model_name: 'z/glm-9',
    reasoning_content: 'hm',
    tool_calls: [call('c1'), call('c2')],
    observation: { results: [{ source_call_id: 'c2', content: 'two' }, { content: 'one' }] },
    metrics: { prompt_tokens: 10, completion_tokens: 2, cached_tokens: 9 },
  }),
  step('agent', {
    tool_calls: [call('c3'), call('c4')],
    observation: { results: [{ content: [{ type: 'image', source: { media_type: 'image/png' } }] }] },
    metrics: { prompt_tokens: 20, completion_tokens: 3 },
  }),
];
const trajectory = {
  schema_version: 'ATIF-v1.6',
  session_id: 's-1',
  agent: { name: 'mini-swe-agent', version: '2.0.0', model_name: 'z/glm-9' },
  steps,
};

describe('ATIF', () => {
  test('is counted by the source of its steps, under the agent it names', () => {
    expect(readText(JSON.stringify(trajectory)).summary).toMatchObject({
      format: 'atif',
      agent: 'mini-swe-agent',
      agentVersion: '2.0.0',
      sessionIds: ['s-1'],
      models: ['z/glm-9'],
      userMessages: 1,
      assistantMessages: 2,
      toolCalls: 4,
      toolNames: ['shell'],
      toolCallsPaired: true,
      languages: ['Zig'],
      inputTokens: 30,
      outputTokens: 5,
      startedAt: '2026-01-02T03:04:05.678901Z',
      hasThinking: true,
    });
  });

  test('an agent we do not know is null, its version is kept', () => {
    const agent = { name: 'terminus-2', version: '2.0.0' };
    expect(readText(JSON.stringify({ ...trajectory, agent })).summary).toMatchObject({
      agent: null,
      agentVersion: '2.0.0',
    });
  });

  test('results find their calls by name, then in order', () => {
    const told = readText(JSON.stringify(trajectory)).events;
    expect(told.filter(({ kind }) => kind === 'tool_result')).toMatchObject([
      { callId: 'c2', text: 'two' },
      { callId: 'c1', text: 'one' },
      { callId: 'c3', text: '' },
      { callId: 'c4', text: '' },
    ]);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/png' }));
  });

  test('final metrics hold, and trajectories in lines add up', () => {
    const final = {
      ...trajectory,
      final_metrics: { total_prompt_tokens: 100, total_completion_tokens: 7 },
    };
    expect(readText(JSON.stringify(final)).summary).toMatchObject({ inputTokens: 100, outputTokens: 7 });
    expect(readText(jsonLines(final, trajectory)).summary).toMatchObject({
      inputTokens: 130,
      outputTokens: 12,
      userMessages: 2,
    });
  });

  test('trajectories of subagents are theirs', () => {
    const inner = {
      trajectory_id: 'sub',
      agent: { name: 'x', version: '9' },
      steps: [step('user'), step('agent')],
    };
    expect(readText(JSON.stringify({ ...trajectory, subagent_trajectories: [inner] })).summary).toMatchObject(
      {
        agent: 'mini-swe-agent',
        agentVersion: '2.0.0',
        userMessages: 1,
        assistantMessages: 3,
        hasSubagents: true,
      },
    );
  });

  test('another schema, or steps without an agent, are not a session', () => {
    expect(readText(JSON.stringify({ ...trajectory, schema_version: '1.6' })).summary).toBeNull();
    expect(readText(JSON.stringify({ schema_version: 'ATIF-v1.6', steps })).summary).toBeNull();
  });
});
