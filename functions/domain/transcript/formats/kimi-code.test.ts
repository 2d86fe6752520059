import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const start = Date.UTC(2026, 6, 1);
const header = { type: 'metadata', protocol_version: '1.4', created_at: start };
const user = { kind: 'user' };
const words = (text: string) => [{ type: 'text', text }];
const loop = (event: object) => ({ type: 'context.append_loop_event', event, time: start + 2000 });
const message = (text: string, origin: object) => ({
  type: 'context.append_message',
  message: { role: 'user', content: words(text), origin },
  time: start + 1500,
});

const session = jsonLines(
  header,
  { type: 'config.update', modelAlias: 'moon/k9', systemPrompt: 'Be brief.', time: start },
  { type: 'turn.prompt', input: words('Fix it'), origin: user, time: start + 1000, agentId: 'main' },
  message('Fix it', user),
  message('It is late.', { kind: 'injection' }),
  loop({ type: 'step.begin', uuid: 's1' }),
  { type: 'llm.request', model: 'k9-raw', modelAlias: 'moon/k9', time: start + 2000 },
  loop({ type: 'content.part', part: { type: 'think', think: 'hm' } }),
  loop({ type: 'tool.call', toolCallId: 't1', name: 'Read', args: { path: 'a.rs' } }),
  loop({ type: 'tool.result', toolCallId: 't1', result: { output: 'no such file', isError: true } }),
  { type: 'turn.steer', input: words('Wait'), origin: user, time: start + 2500 },
  message('Wait', user),
  loop({ type: 'step.begin', uuid: 's2' }),
  loop({ type: 'content.part', part: { type: 'text', text: 'Waiting.' } }),
  {
    type: 'usage.record',
    model: 'moon/k9',
    usage: { inputOther: 7, output: 3, inputCacheRead: 20, inputCacheCreation: 1 },
    usageScope: 'turn',
    time: start + 3000,
  },
  { type: 'context.apply_compaction', summary: 'It was fixed.', time: start + 4000 },
);

describe('wire.jsonl of Kimi Code', () => {
  test('is counted; the context repeats prompts, and steps are answers', () => {
    expect(readText(session).summary).toMatchObject({
      format: 'kimi-code',
      agent: 'kimi-cli',
      agentVersion: null,
      models: ['moon/k9'],
      userMessages: 2,
      assistantMessages: 2,
      toolCalls: 1,
      toolCallsPaired: true,
      languages: ['Rust'],
      inputTokens: 28,
      outputTokens: 3,
      startedAt: '2026-07-01T00:00:00.000Z',
      endedAt: '2026-07-01T00:00:04.000Z',
      hasThinking: true,
    });
  });

  test('keeps results that failed, and compactions', () => {
    const { events } = readText(session);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'tool_result', callId: 't1', text: 'no such file', failed: true }),
    );
    expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction', text: 'It was fixed.' }));
  });

  test('a prompt told by the context alone is a prompt', () => {
    expect(readText(jsonLines(header, message('Only here', user))).summary?.userMessages).toBe(1);
  });

  test('a skill called by a person is a command, one called by the model is context', () => {
    const called = (trigger: string) => message('do so', { kind: 'skill_activation', trigger });
    expect(readText(jsonLines(header, called('user-slash'), called('model-tool'))).summary).toMatchObject({
      userMessages: 0,
      userCommands: 1,
    });
  });

  test('records of another agent than the main one are a subagent’s', () => {
    const prompt = {
      type: 'turn.prompt',
      input: words('go'),
      origin: { kind: 'system_trigger' },
      agentId: 'a1',
    };
    expect(readText(jsonLines(header, prompt)).summary).toMatchObject({
      userMessages: 0,
      hasSubagents: true,
    });
  });

  test('a header alone is enough, metadata of something else is not', () => {
    expect(readText(jsonLines(header)).summary?.format).toBe('kimi-code');
    expect(readText(jsonLines({ type: 'metadata', created_at: start })).summary).toBeNull();
  });
});
