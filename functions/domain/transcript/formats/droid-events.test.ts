import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const began = Date.UTC(2026, 1, 1, 10);
const event = (second: number, type: string, more: object) => ({
  type,
  session_id: 's-1',
  timestamp: began + second * 1000,
  ...more,
});
const init = event(0, 'system', {
  subtype: 'init',
  model: 'frog-1',
  tools: ['Execute'],
  reasoning_effort: 'off',
});
const prompt = event(1, 'message', {
  id: 'm1',
  role: 'user',
  text: '<system-reminder>\nBe kind.\n</system-reminder>\n\nCount the frogs',
});
const call = event(2, 'tool_call', {
  id: 'c1',
  messageId: 'm2',
  toolId: 'Execute',
  toolName: 'Execute',
  parameters: { command: 'ls' },
});
const result = (value: unknown, isError: unknown = true) =>
  event(3, 'tool_result', { id: 'c1', messageId: 'm3', toolId: 'Execute', isError, value });
const answer = event(4, 'message', { id: 'm4', role: 'assistant', text: 'None.' });
const completion = (finalText: string) =>
  event(5, 'completion', {
    finalText,
    usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 100 },
  });
const run = [init, prompt, call, result('no pond'), answer, completion('None.')];

test('the events of a run are read, and its end does not repeat the last answer', () => {
  const { summary, events } = readText(jsonLines(...run));
  expect(summary).toMatchObject({
    agent: 'droid',
    format: 'droid-events',
    sessionIds: ['s-1'],
    models: ['frog-1'],
    userMessages: 1,
    assistantMessages: 1,
    toolCalls: 1,
    toolNames: ['Execute'],
    toolCallsPaired: true,
    hasThinking: null,
    inputTokens: 110,
    outputTokens: 5,
    startedAt: '2026-02-01T10:00:00.000Z',
    endedAt: '2026-02-01T10:00:05.000Z',
  });
  for (const expected of [
    { kind: 'message', purpose: 'prompt', text: 'Count the frogs' },
    { kind: 'tool_call', id: 'c1', messageId: 'm2', input: { command: 'ls' } },
    { kind: 'tool_result', callId: 'c1', text: 'no pond', failed: true },
  ]) {
    expect(events).toContainEqual(expect.objectContaining(expected));
  }
});

test('an answer only the end tells is told', () => {
  const { summary, events } = readText(jsonLines(init, prompt, completion('None at all.')));
  expect(summary?.assistantMessages).toBe(1);
  expect(events).toContainEqual(expect.objectContaining({ role: 'assistant', text: 'None at all.' }));
});

test('two runs of a session add up', () => {
  expect(
    readText(jsonLines(...run, ...run.map((each) => ({ ...each, id: undefined })))).summary,
  ).toMatchObject({
    sessionIds: ['s-1'],
    inputTokens: 220,
    outputTokens: 10,
  });
});

test('the camel-case names of newer versions are read', () => {
  const camel = run.map(({ session_id, ...rest }) => ({ ...rest, sessionId: session_id }));
  const ids = camel.map((each) => ('toolId' in each ? { ...each, toolCallId: 'c1', id: 'x' } : each));
  expect(readText(jsonLines(...ids)).summary).toMatchObject({
    sessionIds: ['s-1'],
    toolCalls: 1,
    toolCallsPaired: true,
  });
});

test.each([
  ['text', 'text'],
  [[{ type: 'text', text: 'in blocks' }], 'in blocks'],
  [{ frogs: 0 }, '{"frogs":0}'],
  [null, ''],
  [undefined, ''],
])('a result %j is %j', (value, spoken) => {
  const { events } = readText(jsonLines(init, call, result(value, null)));
  expect(events).toContainEqual(expect.objectContaining({ kind: 'tool_result', text: spoken, failed: null }));
});

test('reasoning, errors and reminders alone are told and not counted', () => {
  const { summary, events } = readText(
    jsonLines(
      ...run,
      event(6, 'reasoning', { messageId: 'm4', text: 'Frogs hop.' }),
      event(7, 'error', { source: 'cli', message: 'Out of flies' }),
      event(8, 'message', { role: 'user', text: '<system-reminder>x</system-reminder>' }),
      event(9, 'frog_spotted', {}),
    ),
  );
  expect(summary).toMatchObject({
    userMessages: 1,
    assistantMessages: 1,
    hasThinking: true,
    endedAt: '2026-02-01T10:00:09.000Z',
  });
  expect(events).toContainEqual(expect.objectContaining({ role: 'system', text: 'Out of flies' }));
  expect(events).toContainEqual(expect.objectContaining({ kind: 'thinking', text: 'Frogs hop.' }));
});

test('a part of a run is recognised by a call, an end or a beginning of its own', () => {
  for (const records of [
    [prompt, call],
    [prompt, completion('x')],
    [init, prompt],
  ]) {
    expect(readText(jsonLines(...records)).summary?.format).toBe('droid-events');
  }
});

test('events of other programs are no session', () => {
  for (const records of [
    [prompt, answer],
    run.map(({ session_id, ...rest }) => rest),
    [event(0, 'system', { subtype: 'init', tools: [] }), prompt],
    [event(0, 'tool_call', { toolName: 'Execute' }), prompt],
    [event(0, 'completion', { text: 'x' }), prompt],
  ]) {
    expect(readText(jsonLines(...records)).summary).toBeNull();
  }
  expect(
    readText(`# Output\n\nEach line is an object.\n\n\`\`\`json\n${jsonLines(init, call)}\`\`\`\n`).summary,
  ).toBeNull();
});

test('wrong types at every key are skipped', () => {
  for (const junk of [null, 7, 'x', [], [null], {}, true]) {
    const records = [
      'system',
      'message',
      'tool_call',
      'tool_result',
      'completion',
      'error',
      'reasoning',
      junk,
    ].map((type) => ({
      type,
      session_id: junk,
      timestamp: junk,
      id: 'c1',
      role: junk,
      text: junk,
      toolName: junk,
      parameters: junk,
      value: junk,
      isError: junk,
      finalText: junk,
      usage: junk,
      message: junk,
      model: junk,
    }));
    expect(readText(jsonLines(...run, junk, ...records)).summary).toMatchObject({
      format: 'droid-events',
      toolCalls: 1,
      toolCallsPaired: true,
    });
  }
});
