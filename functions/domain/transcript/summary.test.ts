import { describe, expect, test } from 'vitest';
import type { TranscriptEvent } from './event.ts';
import type { Tells, TranscriptFormat } from './format.ts';
import { summarise } from './summary.ts';

const everything: Tells[] = ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'];

function fold(events: TranscriptEvent[], change: Partial<TranscriptFormat> = {}) {
  const summary = summarise({
    id: 'f',
    agent: 'pi',
    version: 1,
    unit: 'record',
    tells: everything,
    recognise: () => 'no',
    read: () => ({ take() {}, end() {} }),
    ...change,
  });
  for (const event of events) summary.add(event);
  return summary.end();
}

const line = 1;
const prompt = (text: string, more: object = {}): TranscriptEvent => ({
  kind: 'message',
  role: 'user',
  purpose: 'prompt',
  line,
  text,
  ...more,
});
const answer = (text: string, more: object = {}): TranscriptEvent => ({
  kind: 'message',
  role: 'assistant',
  line,
  text,
  ...more,
});
const call = (id?: string): TranscriptEvent => ({ kind: 'tool_call', line, id, name: 'Read', input: {} });
const result = (callId?: string): TranscriptEvent => ({
  kind: 'tool_result',
  line,
  callId,
  text: '',
  failed: null,
});

describe('counting', () => {
  test('what a format tells and a session has not is 0, what it does not tell is null', () => {
    expect(fold([])).toMatchObject({
      userMessages: 0,
      userCommands: 0,
      assistantMessages: 0,
      toolCalls: 0,
      toolNames: [],
      hasThinking: false,
      hasSubagents: false,
      toolCallsPaired: true,
      firstPromptPresent: null,
      inputTokens: null,
      outputTokens: null,
      startedAt: null,
      models: null,
      contentKey: null,
      redactions: 0,
    });
    expect(fold([prompt('a'), answer('b')], { tells: [] })).toMatchObject({
      userMessages: null,
      userCommands: null,
      assistantMessages: null,
      toolCalls: null,
      toolNames: null,
      hasThinking: null,
      hasSubagents: null,
      toolCallsPaired: null,
      firstPromptPresent: null,
    });
  });

  test('messages told in parts count once; context, system notices and what a subagent is asked do not', () => {
    const { userMessages, userCommands, assistantMessages } = fold([
      prompt('one', { id: 'u' }),
      prompt('more of it', { id: 'u' }),
      prompt('/init', { purpose: 'command' }),
      prompt('environment', { purpose: 'context' }),
      prompt('look there', { subagent: 'scout' }),
      { kind: 'message', role: 'system', line, text: 'notice' },
      answer('a', { id: 'u' }),
      answer('b', { id: 'u' }),
      answer('c', { subagent: 'scout' }),
    ]);
    expect({ userMessages, userCommands, assistantMessages }).toEqual({
      userMessages: 1,
      userCommands: 1,
      assistantMessages: 2,
    });
  });

  test('a call told twice is one; each without an id is one', () => {
    expect(fold([call('a'), call('a'), call(), call()]).toolCalls).toBe(3);
  });

  test('calls are paired when each has a result', () => {
    expect(fold([call('a'), call(), result(), result('a')]).toolCallsPaired).toBe(true);
    expect(fold([call('a'), result('b')]).toolCallsPaired).toBe(false);
    expect(fold([call(), call(), result()]).toolCallsPaired).toBe(false);
    expect(fold([result(), call()]).toolCallsPaired).toBe(false);
  });

  test('thinking and subagents are seen where the format does not always tell', () => {
    const thought: TranscriptEvent = { kind: 'thinking', line, text: '', subagent: 's' };
    expect(fold([thought], { tells: [] })).toMatchObject({ hasThinking: true, hasSubagents: true });
  });
});

describe('tokens', () => {
  const usage = (input: number | null, output: number | null, more: object = {}): TranscriptEvent => ({
    kind: 'usage',
    line,
    input,
    output,
    counts: 'sum',
    ...more,
  });

  test('add up; usage of the same message replaces what was said before', () => {
    const m = { messageId: 'm' };
    expect(fold([usage(10, 1, m), usage(10, 5, m), usage(3, null), usage(null, 2)])).toMatchObject({
      inputTokens: 13,
      outputTokens: 7,
    });
  });

  test('a total so far holds, the last one', () => {
    const total = { counts: 'total' };
    expect(fold([usage(1, 1), usage(50, 5, total), usage(70, 6, total)])).toMatchObject({
      inputTokens: 70,
      outputTokens: 6,
    });
  });

  test('sums no number holds exactly are unknown', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(fold([usage(most, 1), usage(most, 1)])).toMatchObject({ inputTokens: null, outputTokens: 2 });
    expect(fold([usage(most * 4, -1, { counts: 'total' })])).toMatchObject({
      inputTokens: null,
      outputTokens: null,
    });
  });
});

describe('names', () => {
  const named = (more: object): TranscriptEvent => ({ kind: 'session', line, ...more });

  test('are sorted, each once', () => {
    const { models, sessionIds, agentVersion } = fold([
      named({ id: 'b', agentVersion: '2.0' }),
      named({ id: 'a', agentVersion: '1.9' }),
      named({ id: 'b' }),
      answer('', { model: 'z' }),
      { kind: 'model', line, model: 'y' },
    ]);
    expect({ models, sessionIds, agentVersion }).toEqual({
      models: ['y', 'z'],
      sessionIds: ['a', 'b'],
      agentVersion: '1.9;2.0',
    });
  });

  test('are bounded in number', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      named({ id: `s${index}`, agentVersion: `${index}` }),
    );
    expect(fold(many).sessionIds).toHaveLength(100);
    expect(fold(many).agentVersion?.split(';')).toHaveLength(10);
  });

  test.each([
    'x'.repeat(101),
    'a\0b',
    'half \ud800',
    'turned \u202e around',
    'I think we should write to her now',
    '<b>bold</b>',
    'two\nlines',
    'some words',
    '',
  ])('are left out when they are no plain names: %j', (id) => {
    expect(fold([named({ id })]).sessionIds).toBeNull();
  });

  test.each([
    'us.amazon.nova-premier-v1:0',
    'moonshotai/kimi-k2.5:free',
    'Opus 4.6 (high)',
    'mcp__a-b__c',
    '[cut for a test]',
  ])('are kept as agents write them: %s', (name) => {
    expect(fold([named({ agentVersion: name })]).agentVersion).toBe(name);
  });

  test('a sanitiser’s placeholder stands for the id it replaced', () => {
    expect(fold([named({ id: '[cut for a test]' })]).sessionIds).toEqual(['[cut for a test]']);
  });

  test('the agent is the format’s, or the one known agent the file names', () => {
    const inside = { agent: null };
    expect(fold([named({ agent: 'codex' })]).agent).toBe('pi');
    expect(fold([named({ agent: 'codex' })], inside).agent).toBe('codex');
    expect(fold([named({ agent: 'terminus-2' })], inside).agent).toBeNull();
    expect(fold([named({ agent: 'codex' }), named({ agent: 'pi' })], inside).agent).toBeNull();
  });
});

test('times span every event, and what is no time is left out', () => {
  const at = (time: string): TranscriptEvent => ({ kind: 'time', line, at: time });
  expect(
    fold([at('2026-01-02T00:00:00.000Z'), at('2026-01-01T00:00:00.000Z'), at('nonsense'), prompt('x')]),
  ).toMatchObject({ startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-02T00:00:00.000Z' });
});

describe('the first prompt', () => {
  test('is there when a prompt opens the session', () => {
    expect(fold([prompt('ctx', { purpose: 'context' }), prompt('a'), answer('b')]).firstPromptPresent).toBe(
      true,
    );
    expect(fold([prompt('/init', { purpose: 'command' }), answer('b')]).firstPromptPresent).toBe(true);
  });

  test('is missing when an answer or a compaction does', () => {
    expect(fold([answer('b'), prompt('a')]).firstPromptPresent).toBe(false);
    expect(fold([{ kind: 'compaction', line, text: '' }, prompt('a')]).firstPromptPresent).toBe(false);
  });
});

describe('the content key', () => {
  const key = (...events: TranscriptEvent[]) => fold(events).contentKey;

  test('is the same for the same words, spacing aside', () => {
    expect(key(prompt('do  it\n'), answer('done'))).toBe(key(prompt(' do it'), answer('done')));
    expect(key(prompt('do it'))).toMatch(/^[0-9a-f]{64}$/);
  });

  test('differs by words, order and speaker, not by tools, commands or context', () => {
    const base = key(prompt('a'), answer('b'));
    expect(key(prompt('b'), answer('a'))).not.toBe(base);
    expect(key(answer('b'), prompt('a'))).not.toBe(base);
    expect(key(prompt('a'), prompt('x', { purpose: 'context' }), call('c'), answer('b'))).toBe(base);
  });
});

test('marks of redaction are counted in all that was said', () => {
  const text = '[REDACTED]';
  expect(
    fold([
      prompt(text),
      answer(text),
      { kind: 'thinking', line, text },
      { kind: 'tool_result', line, text, failed: null },
    ]).redactions,
  ).toBe(4);
});

test('languages come from the files tools name', () => {
  expect(
    fold([
      { kind: 'tool_call', line, name: 'Edit', input: { path: 'a.ts' } },
      { kind: 'tool_call', line, name: 'Edit', input: { path: 'b.go' } },
    ]).languages,
  ).toEqual(['Go', 'TypeScript']);
});
