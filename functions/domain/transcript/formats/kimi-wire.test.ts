import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const wire = (type: string, payload: object, seconds = 0) => ({
  timestamp: 1_790_000_000.25 + seconds,
  message: { type, payload },
});
const header = { type: 'metadata', protocol_version: '1.2' };

const session = jsonLines(
  header,
  wire('TurnBegin', { user_input: 'Sort the list' }),
  wire('StepBegin', { n: 1 }),
  wire('ContentPart', { type: 'think', think: 'A sort is needed.' }),
  wire('ContentPart', { type: 'text', text: 'I sort ' }),
  wire('ContentPart', { type: 'text', text: 'it.' }),
  wire('ToolCall', { type: 'function', id: 'c1', function: { name: 'Write', arguments: '{"path":"so' } }),
  wire('ToolCallPart', { arguments_part: 'rt.py"}' }),
  wire('StatusUpdate', {
    context_tokens: 999,
    token_usage: { input_other: 10, output: 5, input_cache_read: 30, input_cache_creation: 2 },
  }),
  wire('ToolResult', { tool_call_id: 'c1', return_value: { is_error: false, output: 'written' } }),
  wire('StepBegin', { n: 2 }),
  wire('StatusUpdate', { token_usage: { input_other: 4, output: 1 } }),
  wire('SteerInput', { user_input: [{ type: 'text', text: 'Descending, please' }] }),
  wire('TurnBegin', { user_input: '/compact' }),
  wire('CompactionBegin', {}),
  wire('TurnEnd', {}, 60),
);

describe('wire.jsonl of Kimi CLI', () => {
  test('is counted', () => {
    const { summary, problems } = readText(session);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({
      format: 'kimi-cli-wire',
      agent: 'kimi-cli',
      userMessages: 2,
      userCommands: 1,
      assistantMessages: 2,
      toolCalls: 1,
      toolNames: ['Write'],
      toolCallsPaired: true,
      inputTokens: 46,
      outputTokens: 6,
      languages: ['Python'],
      hasThinking: true,
      hasSubagents: false,
      startedAt: '2026-09-21T14:13:20.250Z',
      endedAt: '2026-09-21T14:14:20.250Z',
    });
  });

  test('arguments told in parts are one call', () => {
    const call = readText(session).events.find(({ kind }) => kind === 'tool_call');
    expect(call).toMatchObject({ id: 'c1', line: 7, input: { path: 'sort.py' } });
  });

  test('a call at the end of the file is not lost', () => {
    const made = wire('ToolCall', { id: 'c9', function: { name: 'Shell', arguments: '{"com' } });
    const { summary, events } = readText(jsonLines(header, made));
    expect(summary).toMatchObject({ toolCalls: 1, toolCallsPaired: false });
    expect(events.at(-1)).toMatchObject({ kind: 'tool_call', input: '{"com' });
  });

  test('what a subagent is asked and says is its own', () => {
    const inner = (type: string, payload: object) =>
      wire('SubagentEvent', { agent_id: 'scout', event: { type, payload } });
    const { summary, events } = readText(
      jsonLines(
        wire('TurnBegin', { user_input: 'Look around' }),
        inner('TurnBegin', { user_input: 'Find the tests' }),
        inner('StepBegin', { n: 1 }),
        inner('ContentPart', { type: 'text', text: 'There are none.' }),
      ),
    );
    expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 1, hasSubagents: true });
    expect(events.at(-1)).toMatchObject({ subagent: 'scout', text: 'There are none.' });
  });

  test('subagents wrapped in one another without end are read to a limit', () => {
    let event: object = { type: 'TurnBegin', payload: { user_input: 'deep' } };
    for (let depth = 0; depth < 1000; depth += 1) event = { type: 'SubagentEvent', payload: { event } };
    const { summary } = readText(
      jsonLines(wire('TurnEnd', {}), { timestamp: 1_790_000_000, message: event }),
    );
    expect(summary?.userMessages).toBe(0);
  });

  test.each([
    ['a header alone', [header]],
    ['messages of another kind', [{ timestamp: 1, message: { type: 'text', payload: {} } }]],
    ['a payload that is no object', [{ timestamp: 1, message: { type: 'TurnBegin', payload: 'x' } }]],
  ])('%s is not a session', (_, records) => {
    expect(readText(jsonLines(...records)).summary).toBeNull();
  });
});
