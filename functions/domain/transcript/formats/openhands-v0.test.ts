import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const at = (seconds: number) => `2025-05-04T10:00:0${seconds}.250000`;
const events = [
  { id: 0, timestamp: at(0), source: 'agent', action: 'system', args: { content: 'You are a helper.' } },
  { id: 1, timestamp: at(1), source: 'user', action: 'message', args: { content: 'Run it', image_urls: [] } },
  { id: 2, timestamp: at(2), source: 'user', action: 'recall', args: { query: 'Run it' } },
  {
    id: 3,
    timestamp: at(2),
    source: 'environment',
    observation: 'recall',
    content: 'x',
    cause: 2,
    extras: {},
  },
  {
    id: 4,
    timestamp: at(3),
    source: 'agent',
    message: 'Running',
    action: 'run',
    args: { command: 'node a.mjs', thought: 'It may fail.' },
    tool_call_metadata: {
      function_name: 'execute_bash',
      model_response: { id: 'r1', model: 'glm-9', usage: { prompt_tokens: 100, completion_tokens: 8 } },
    },
  },
  {
    id: 5,
    timestamp: at(4),
    source: 'agent',
    observation: 'run',
    content: 'boom',
    cause: 4,
    extras: { metadata: { exit_code: 1 } },
  },
  {
    id: 6,
    timestamp: at(5),
    source: 'agent',
    action: 'edit',
    args: { path: '/w/a.mjs' },
    tool_call_metadata: {
      function_name: 'str_replace_editor',
      model_response: { id: 'r1', model: 'glm-9', usage: { prompt_tokens: 100, completion_tokens: 8 } },
    },
  },
  {
    id: 7,
    timestamp: at(6),
    source: 'environment',
    observation: 'error',
    content: 'no',
    cause: 6,
    extras: {},
  },
  { id: 8, timestamp: at(7), source: 'agent', action: 'think', args: { thought: 'Hm.' } },
  { id: 9, timestamp: at(7), source: 'agent', observation: 'think', content: 'logged', cause: 8, extras: {} },
  { id: 10, timestamp: at(8), source: 'agent', action: 'finish', args: { final_thought: 'I give up.' } },
  {
    id: 11,
    timestamp: at(9),
    source: 'environment',
    observation: 'agent_state_changed',
    content: '',
    extras: { agent_state: 'finished' },
  },
];
const counted = {
  format: 'openhands-v0',
  agent: 'openhands',
  models: ['glm-9'],
  userMessages: 1,
  assistantMessages: 1,
  toolCalls: 2,
  toolNames: ['execute_bash', 'str_replace_editor'],
  toolCallsPaired: true,
  languages: ['JavaScript'],
  inputTokens: 100,
  outputTokens: 8,
  startedAt: '2025-05-04T10:00:00.250000',
  endedAt: '2025-05-04T10:00:09.250000',
  hasThinking: true,
};

describe('events of OpenHands V0', () => {
  test('are counted in an array and in lines alike; one response’s tokens once', () => {
    expect(readText(JSON.stringify(events)).summary).toMatchObject(counted);
    expect(readText(jsonLines(...events)).summary).toMatchObject(counted);
  });

  test('results say whether they failed, thoughts are thinking, the last words an answer', () => {
    const told = readText(JSON.stringify(events)).events;
    expect(told.filter(({ kind }) => kind === 'tool_result')).toMatchObject([
      { callId: '4', text: 'boom', failed: true },
      { callId: '6', text: 'no', failed: true },
    ]);
    expect(told.filter(({ kind }) => kind === 'thinking')).toMatchObject([
      { text: 'It may fail.' },
      { text: 'Hm.' },
    ]);
    expect(told).toContainEqual(expect.objectContaining({ role: 'assistant', text: 'I give up.' }));
  });

  test('accumulated tokens are taken once they are told', () => {
    const spent = (id: number, tokens: number) => ({
      ...events[4],
      id,
      llm_metrics: { accumulated_token_usage: { prompt_tokens: tokens, completion_tokens: 2 } },
    });
    expect(readText(jsonLines(spent(1, 50), spent(2, 70))).summary).toMatchObject({
      inputTokens: 70,
      outputTokens: 2,
    });
  });

  test('events of something else are not a session', () => {
    const others = [
      { id: 1, timestamp: at(0), source: 'user', type: 'message', content: 'x' },
      { id: 1, source: 'api', action: 'create', args: {} },
      { source: 'user', action: 'message', args: {} },
    ];
    expect(readText(JSON.stringify(others)).summary).toBeNull();
  });
});
