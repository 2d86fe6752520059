import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const timestamp = '2025-05-04T10:00:00';
const asked = { id: 0, timestamp, source: 'user', action: 'message', args: { content: 'Solve it' } };
const ran = { id: 1, timestamp, source: 'agent', action: 'run', args: { command: 'ls' } };
const seen = { id: 2, timestamp, source: 'agent', observation: 'run', content: 'a', cause: 1, extras: {} };
const row = (id: string, history: unknown[], more: object = {}) => ({
  instance_id: id,
  instruction: 'Solve it',
  metadata: { llm_config: { model: 'glm-9' } },
  history,
  ...more,
});

describe('rows of OpenHands’ evaluations', () => {
  test('each is a session; ids that begin anew in each are not mixed up', () => {
    const { summary, events } = readText(
      jsonLines(row('a', [asked, ran, seen]), row('b', [asked, ran, seen]), row('c', [asked, ran])),
    );
    expect(summary).toMatchObject({
      format: 'openhands-eval',
      agent: 'openhands',
      models: ['glm-9'],
      userMessages: 3,
      toolCalls: 3,
      toolCallsPaired: false,
      sessionIds: null,
    });
    expect(events.filter(({ kind }) => kind === 'session')).toHaveLength(3);
  });

  test('pairs of an action and its observation are read', () => {
    expect(
      readText(
        JSON.stringify(
          row('a', [
            [asked, {}],
            [ran, seen],
          ]),
        ),
      ).summary,
    ).toMatchObject({
      toolCalls: 1,
      toolCallsPaired: true,
    });
  });

  test('what was asked is told once, wherever it stands', () => {
    expect(readText(jsonLines(row('a', [asked, ran]))).summary?.userMessages).toBe(1);
    const { events, summary } = readText(jsonLines(row('a', [ran, seen])));
    expect(summary).toMatchObject({ userMessages: 1, firstPromptPresent: true });
    expect(events).toContainEqual(expect.objectContaining({ role: 'user', text: 'Solve it' }));
  });

  test('a row’s own sum of tokens is taken, not its events’', () => {
    const usage = { prompt_tokens: 9, completion_tokens: 1 };
    const spent = { ...ran, llm_metrics: { accumulated_token_usage: usage } };
    const metrics = { accumulated_token_usage: { prompt_tokens: 20, completion_tokens: 4 } };
    const rows = jsonLines(row('a', [asked, spent], { metrics }), row('b', [asked, spent]));
    expect(readText(rows).summary).toMatchObject({ inputTokens: 29, outputTokens: 5 });
  });

  test('rows may hold events of V1', () => {
    const event = {
      kind: 'ActionEvent',
      id: 'e',
      timestamp,
      source: 'agent',
      tool_name: 'finish',
      tool_call_id: 'c',
      action: {},
    };
    expect(readText(jsonLines(row('a', [event]), row('b', []))).summary).toMatchObject({
      toolNames: ['finish'],
      startedAt: timestamp,
    });
  });

  test('rows of another benchmark are not sessions', () => {
    const other = { id: 1, timestamp, type: 'message', content: 'x', actorType: 'User' };
    expect(readText(jsonLines(row('a', [other]), row('b', []))).summary).toBeNull();
  });
});
