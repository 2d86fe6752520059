import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const time = Date.UTC(2026, 3, 4, 5, 6, 7);
const event = (type: string, after: number, messageID: string, part: object) => ({
  type,
  timestamp: time + after,
  sessionID: 'ses_9',
  part: { id: `prt_${after}`, sessionID: 'ses_9', messageID, ...part },
});
const finish = {
  type: 'step-finish',
  tokens: { input: 1, output: 5, reasoning: 0, cache: { read: 90, write: 9 } },
};

const events = [
  event('step_start', 0, 'msg_1', { type: 'step-start' }),
  event('tool_use', 1000, 'msg_1', {
    type: 'tool',
    tool: 'write',
    callID: 'c1',
    state: { status: 'completed', input: { filePath: 'a.c' }, output: 'written' },
  }),
  event('step_finish', 2000, 'msg_1', finish),
  event('step_start', 3000, 'msg_2', { type: 'step-start' }),
  event('reasoning', 3500, 'msg_2', { type: 'reasoning', text: 'Done, I think.' }),
  event('text', 4000, 'msg_2', { type: 'text', text: 'It is ' }),
  event('text', 4500, 'msg_2', { type: 'text', text: 'written.' }),
  event('step_finish', 5000, 'msg_2', finish),
  { type: 'error', timestamp: time + 6000, sessionID: 'ses_9', error: { name: 'Overload', data: {} } },
];

test('the events of a run are read; what was asked is not among them', () => {
  const read = readText(jsonLines(...events));
  expect(read.summary).toMatchObject({
    agent: 'opencode',
    format: 'opencode-run',
    sessionIds: ['ses_9'],
    models: null,
    startedAt: '2026-04-04T05:06:07.000Z',
    endedAt: '2026-04-04T05:06:13.000Z',
    userMessages: null,
    firstPromptPresent: null,
    assistantMessages: 2,
    toolCalls: 1,
    toolNames: ['write'],
    toolCallsPaired: true,
    inputTokens: 200,
    outputTokens: 10,
    languages: ['C'],
    hasThinking: true,
  });
  expect(read.events.filter((one) => one.kind === 'message' && one.text !== '')).toMatchObject([
    { role: 'assistant', id: 'msg_2', text: 'It is ' },
    { role: 'assistant', id: 'msg_2', text: 'written.' },
    { role: 'system', text: 'Overload' },
  ]);
});

test('without --thinking nobody knows whether there was some', () => {
  expect(readText(jsonLines(...events.slice(0, 3))).summary?.hasThinking).toBeNull();
});

test('events of another server are not a run', () => {
  const other = events.map((one) => ({ ...one, sessionID: 'abc' }));
  expect(readText(jsonLines(...other)).summary).toBeNull();
});
