import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const at = (seconds: number) => `2026-02-03T10:00:0${seconds}.5`;
const words = (text: string) => [{ type: 'text', text }];
const stats = (tokens: number) => ({
  kind: 'ConversationStateUpdateEvent',
  id: `s${tokens}`,
  timestamp: at(1),
  source: 'environment',
  key: 'stats',
  value: {
    usage_to_metrics: {
      agent: {
        model_name: 'glm-9',
        accumulated_token_usage: { prompt_tokens: tokens, completion_tokens: 5, cache_read_tokens: 1 },
      },
      condenser: {
        model_name: 'unused',
        accumulated_token_usage: { prompt_tokens: 0, completion_tokens: 0 },
      },
    },
  },
});
const events = [
  {
    kind: 'SystemPromptEvent',
    id: 'e0',
    timestamp: at(0),
    source: 'agent',
    system_prompt: { text: 'Help.' },
  },
  {
    kind: 'MessageEvent',
    id: 'e1',
    timestamp: at(0),
    source: 'user',
    llm_message: {
      role: 'user',
      content: [...words('Look'), { type: 'image', image_urls: ['data:image/webp;base64,AA'] }],
    },
  },
  stats(10),
  {
    kind: 'ActionEvent',
    id: 'e2',
    timestamp: at(2),
    source: 'agent',
    thought: words('I look.'),
    reasoning_content: 'really',
    action: { kind: 'FileEditorAction', command: 'view', path: '/w/a.lua' },
    tool_name: 'file_editor',
    tool_call_id: 'c1',
    llm_response_id: 'r1',
  },
  {
    kind: 'ObservationEvent',
    id: 'e3',
    timestamp: at(3),
    source: 'environment',
    tool_call_id: 'c1',
    action_id: 'e2',
    observation: { kind: 'FileEditorObservation', content: words('print(1)'), is_error: false },
  },
  {
    kind: 'ActionEvent',
    id: 'e4',
    timestamp: at(4),
    source: 'agent',
    thought: [],
    action: null,
    tool_name: 'terminal',
    tool_call_id: 'c2',
    tool_call: { id: 'c2', name: 'terminal', arguments: '{"cmd":1}' },
  },
  {
    kind: 'AgentErrorEvent',
    id: 'e5',
    timestamp: at(5),
    source: 'agent',
    tool_call_id: 'c2',
    error: 'bad arguments',
  },
  { kind: 'Condensation', id: 'e6', timestamp: at(6), source: 'environment', summary: 'We looked.' },
  stats(40),
  {
    kind: 'MessageEvent',
    id: 'e7',
    timestamp: at(7),
    source: 'agent',
    llm_message: { role: 'assistant', content: words('Done.') },
  },
];

describe('events of OpenHands V1', () => {
  test('are counted; a later state of the tokens replaces an earlier', () => {
    expect(readText(jsonLines(...events)).summary).toMatchObject({
      format: 'openhands-v1',
      agent: 'openhands',
      models: ['glm-9'],
      userMessages: 1,
      assistantMessages: 1,
      toolCalls: 2,
      toolNames: ['file_editor', 'terminal'],
      toolCallsPaired: true,
      languages: ['Lua'],
      inputTokens: 40,
      outputTokens: 5,
      startedAt: '2026-02-03T10:00:00.5',
      endedAt: '2026-02-03T10:00:07.5',
      hasThinking: true,
    });
  });

  test('keeps reasoning, thoughts, arguments that did not fit, errors and attachments', () => {
    const told = readText(jsonLines(...events)).events;
    expect(told.filter(({ kind }) => kind === 'thinking')).toMatchObject([
      { text: 'really' },
      { text: 'I look.' },
    ]);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'tool_call', id: 'c2', input: { cmd: 1 } }));
    expect(told.filter(({ kind }) => kind === 'tool_result')).toMatchObject([
      { callId: 'c1', text: 'print(1)', failed: false },
      { callId: 'c2', text: 'bad arguments', failed: true },
    ]);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/webp' }));
  });

  test('one event a file is a session', () => {
    expect(readText(JSON.stringify(events[3], null, 2)).summary).toMatchObject({ toolCalls: 1 });
  });

  test('the full state names the conversation and its model', () => {
    const state = {
      ...stats(3),
      key: 'full_state',
      value: { id: 'conv-1', agent: { llm: { model: 'glm-9' } }, stats: stats(3).value },
    };
    expect(readText(jsonLines(state)).summary).toMatchObject({
      sessionIds: ['conv-1'],
      models: ['glm-9'],
      inputTokens: 3,
    });
  });

  test('other things with a kind are not a session', () => {
    const others = [
      { kind: 'Event', id: '1', timestamp: at(0), source: 'agent' },
      { kind: 'MessageEvent', source: 'kubelet', timestamp: at(0) },
      { kind: 'Pod', apiVersion: 'v1' },
    ];
    for (const other of others) expect(readText(JSON.stringify(other)).summary).toBeNull();
  });
});
