import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const step = (action: string, response = `Now.\n${action}`) => ({
  action,
  observation: `seen ${action}`,
  response,
  thought: 'Now.',
  state: '{}',
});
const history = [
  { role: 'system', content: 'SETTING', agent: 'main' },
  { role: 'user', content: 'A demonstration', is_demo: true, agent: 'main' },
  { role: 'user', content: 'Solve the issue', agent: 'main' },
  { role: 'assistant', content: 'Now.', thought: 'Now.', action: 'ls\n', agent: 'main' },
  { role: 'user', content: 'a b', agent: 'main' },
];
const trajectory = {
  environment: 'main',
  trajectory: [step('open a.py\n'), step('ls -la\n'), step('', 'I am confused'), step('submit')],
  history,
  info: { swe_agent_version: '1.2.3', model_stats: { tokens_sent: 500, tokens_received: 20, api_calls: 4 } },
  replay_config: JSON.stringify({ agent: { model: { name: 'glm-9' } } }),
};

describe('trajectories of SWE-agent', () => {
  test('are counted; demonstrations and what is fed back are no prompts', () => {
    expect(readText(JSON.stringify(trajectory)).summary).toMatchObject({
      format: 'swe-agent',
      agent: 'swe-agent',
      agentVersion: '1.2.3',
      models: ['glm-9'],
      userMessages: 1,
      assistantMessages: 4,
      toolCalls: 3,
      toolNames: ['bash', 'open', 'submit'],
      toolCallsPaired: true,
      inputTokens: 500,
      outputTokens: 20,
      startedAt: null,
      hasThinking: null,
      firstPromptPresent: true,
    });
  });

  test('tokens that are all 0 were not counted, and add up over trajectories', () => {
    const info = { model_stats: { tokens_sent: 0, tokens_received: 0 } };
    expect(readText(JSON.stringify({ ...trajectory, info })).summary).toMatchObject({
      inputTokens: null,
      outputTokens: null,
    });
    expect(readText(jsonLines(trajectory, trajectory)).summary).toMatchObject({
      inputTokens: 1000,
      toolCalls: 6,
    });
  });

  test('a replay names no model', () => {
    const replay_config = { agent: { model: { name: 'replay' } } };
    expect(readText(JSON.stringify({ ...trajectory, replay_config })).summary?.models).toBeNull();
  });

  test('a demonstration is read from its history', () => {
    const { summary, events } = readText(JSON.stringify({ history }, null, 1));
    expect(summary).toMatchObject({
      userMessages: 1,
      assistantMessages: 1,
      toolCalls: 1,
      toolCallsPaired: true,
    });
    expect(events.at(-1)).toMatchObject({ kind: 'tool_result', text: 'a b' });
  });

  test('other trajectories are not one', () => {
    const others = [
      { trajectory: [], history: [], info: {} },
      { environment: 'prod', trajectory: [{ x: 1, y: 2 }], history: [], info: {} },
      { history: [{ role: 'user', content: 'x' }] },
      { outcome: 'done', messages: [{ role: 'user', content: 'x' }] },
    ];
    for (const other of others) expect(readText(JSON.stringify(other)).summary).toBeNull();
  });
});
