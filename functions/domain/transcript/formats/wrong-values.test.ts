import { expect, test } from 'vitest';
import type { TranscriptEvent } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { copilotCli } from './copilot-cli.ts';
import { copilotMarkdown } from './copilot-markdown.ts';
import { geminiCli } from './gemini-cli.ts';
import { geminiCliJsonl } from './gemini-cli-jsonl.ts';
import { geminiShareJson } from './gemini-share-json.ts';
import { geminiShareMarkdown } from './gemini-share-markdown.ts';
import { geminiStream } from './gemini-stream.ts';
import { opencodeExport } from './opencode-export.ts';
import { opencodeMarkdown } from './opencode-markdown.ts';
import { opencodeRun } from './opencode-run.ts';
import { qwenCode } from './qwen-code.ts';

const wrong = [null, undefined, 0, -1, 1e300, '', 'x', true, [], [null], [[]], {}, { a: null }];

const parts = [
  { text: 'x', thought: true },
  { functionCall: { id: 'c', name: 'n', args: {} } },
  { functionResponse: { id: 'c', name: 'n', response: { output: 'o' } } },
  { inlineData: { mimeType: 'image/png' } },
];
const timestamp = '2026-01-01T00:00:00Z';
const geminiMessages = [
  { id: 'u', type: 'user', timestamp, content: parts, displayContent: 'x' },
  {
    id: 'a',
    type: 'gemini',
    timestamp,
    content: 'x',
    model: 'm',
    thoughts: [{ subject: 's', description: 'd', timestamp }],
    tokens: { input: 1, output: 1 },
    toolCalls: [
      { id: 'c', name: 'n', args: {}, status: 'success', result: [parts[2]], timestamp, agentId: 'g' },
    ],
  },
];
const opencodePart = { id: 'p', messageID: 'm', type: 'tool', tool: 't', callID: 'c' };
const state = {
  status: 'error',
  input: {},
  error: 'e',
  time: { start: 1, end: 2 },
  attachments: [{ type: 'file' }],
};
const tokens = { input: 1, output: 1, cache: { read: 1, write: 1 } };
const envelope = { uuid: 'u', parentUuid: 'p', sessionId: 's', timestamp, version: 'v', agentId: 'g' };

/** Whole records of each format, one of every kind its reader looks into. */
const examples: [TranscriptFormat, unknown[]][] = [
  [
    geminiCli,
    [{ sessionId: 's', projectHash: 'h', startTime: timestamp, kind: 'subagent', messages: geminiMessages }],
  ],
  [
    geminiCliJsonl,
    [
      { sessionId: 's', projectHash: 'h', startTime: timestamp, kind: 'main' },
      ...geminiMessages,
      { $set: { sessionId: 's', messages: geminiMessages } },
      { $rewindTo: 'a' },
    ],
  ],
  [
    geminiShareJson,
    [
      { role: 'user', parts: [{ text: 'This is the Gemini CLI' }, ...parts] },
      { role: 'model', parts },
    ],
  ],
  [
    geminiStream,
    [
      { type: 'init', session_id: 's', model: 'm', timestamp },
      { type: 'message', role: 'assistant', content: 'x', delta: true, timestamp },
      { type: 'tool_use', tool_name: 't', tool_id: 'c', parameters: {}, timestamp },
      { type: 'tool_result', tool_id: 'c', status: 'error', error: { message: 'e' }, timestamp },
      {
        type: 'result',
        status: 'success',
        stats: { input_tokens: 1, output_tokens: 1, models: { m: {} } },
        timestamp,
      },
    ],
  ],
  [
    qwenCode,
    [
      { ...envelope, type: 'user', subtype: 'cron', message: { role: 'user', parts } },
      {
        ...envelope,
        type: 'assistant',
        model: 'm',
        message: { parts },
        usageMetadata: { promptTokenCount: 1 },
      },
      { ...envelope, type: 'tool_result', message: { parts }, toolCallResult: { status: 'error' } },
      {
        ...envelope,
        type: 'system',
        subtype: 'slash_command',
        systemPayload: { phase: 'invocation', rawCommand: '/' },
      },
      {
        ...envelope,
        type: 'system',
        subtype: 'chat_compression',
        systemPayload: { compressedHistory: [{ parts }] },
      },
    ],
  ],
  [
    opencodeExport,
    [
      {
        info: { id: 'ses_1', version: 'v', parentID: 'p', time: { created: 1 } },
        messages: [
          {
            info: { id: 'm', role: 'user', time: { created: 1 } },
            parts: [{ type: 'text', text: 'x', synthetic: true }],
          },
          {
            info: { role: 'assistant', modelID: 'm', tokens, error: { name: 'e', data: { message: 'e' } } },
            parts: [
              { ...opencodePart, state },
              { type: 'reasoning', text: 'x', time: { start: 1 } },
              { type: 'compaction' },
            ],
          },
        ],
      },
    ],
  ],
  [
    opencodeRun,
    [
      { type: 'tool_use', timestamp: 1, sessionID: 'ses_1', part: { ...opencodePart, state } },
      {
        type: 'step_finish',
        timestamp: 1,
        sessionID: 'ses_1',
        part: { type: 'step-finish', messageID: 'm', tokens },
      },
      { type: 'error', timestamp: 1, sessionID: 'ses_1', error: { data: { message: 'e' } } },
    ],
  ],
  [
    copilotCli,
    [
      {
        type: 'session.start',
        data: { sessionId: 's', copilotVersion: 'v', selectedModel: 'm', startTime: timestamp },
      },
      {
        type: 'user.message',
        data: { content: 'x', source: 's', attachments: [{ mimeType: 'm' }] },
        id: 'e',
      },
      { type: 'assistant.message', data: { messageId: 'm', toolRequests: [{ toolCallId: 'c', name: 'n' }] } },
      { type: 'tool.execution_start', data: { toolCallId: 'c', toolName: 'n', arguments: {} }, agentId: 'g' },
      {
        type: 'tool.execution_complete',
        data: { success: false, result: { content: 'x' }, error: { message: 'e' } },
      },
      {
        type: 'session.shutdown',
        data: { modelMetrics: { m: { usage: { inputTokens: 1, outputTokens: 1 } } } },
      },
    ],
  ],
];

/** The value with each of its keys, however deep, in turn holding each wrong value, and the value itself replaced. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* wrong;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const other of spoilt(inner)) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    }
  }
}

function readAll(format: TranscriptFormat, pieces: readonly unknown[]): TranscriptEvent[] {
  const events: TranscriptEvent[] = [];
  const reader = format.read((event) => events.push(event));
  for (const [at, piece] of pieces.entries()) reader.take(piece, at + 1);
  reader.end();
  return events;
}

test.each(examples.map(([format, records]) => ({ id: format.id, format, records })))(
  'wrong values at any key of $id neither stop its recognition nor its reader',
  ({ format, records }) => {
    expect(format.recognise({ records, document: records[0], head: '' })).toBe('certain');
    expect(readAll(format, records).length).toBeGreaterThan(2);
    for (const [at, record] of records.entries()) {
      for (const other of spoilt(record)) {
        const changed = records.with(at, other);
        expect(['no', 'likely', 'certain']).toContain(
          format.recognise({ records: changed, document: changed[0], head: '' }),
        );
        for (const event of readAll(format, changed)) {
          if ('text' in event) expect(typeof event.text).toBe('string');
          if (event.kind === 'tool_call') expect(typeof event.name).toBe('string');
        }
      }
    }
  },
);

const lines = [
  '# Copilot CLI Session',
  '> **Session ID:** ``',
  '> **Started:** never',
  '<sub>⏱️ 99999d</sub>',
  '### 👤 User',
  '### ✅ `t`',
  '### 📦 task (Failed)',
  '<summary>Arguments</summary>',
  '```json',
  '```',
  '---',
  '',
  '**Session ID:** ses_1',
  '**Created:** never',
  '## User',
  '## Assistant ( · · )',
  '**Tool: t**',
  '**Input:**',
  '**Output:**',
  '_Thinking:_',
  '## MODEL ✨',
  'x**Tool Response**:',
];

test.each(
  [copilotMarkdown, geminiShareMarkdown, opencodeMarkdown].map((format) => ({ id: format.id, format })),
)('the lines of $id in any order are read', ({ format }) => {
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return lines[seed % lines.length];
  };
  for (let round = 0; round < 300; round += 1) {
    const pieces = Array.from({ length: 40 }, next);
    for (const event of readAll(format, [...pieces, null, 7, {}])) {
      if ('text' in event) expect(typeof event.text).toBe('string');
    }
    expect(['no', 'likely', 'certain']).toContain(format.recognise({ records: [], head: pieces.join('\n') }));
  }
});
