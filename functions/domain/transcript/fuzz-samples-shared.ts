/** What the samples of several formats share. */
export const at = '2026-05-06T07:08:09.012Z';
export const local = '2026-05-06T07:08:09.012345';
export const ms = Date.parse(at);
export const words = (text: string) => [{ type: 'text', text }];
export const openaiCall = {
  id: 'c1',
  type: 'function',
  function: { name: 'shell', arguments: '{"path":"a.py"}' },
};
export const anthropicTurns = [
  {
    role: 'user',
    content: words('<task>fix it</task>\n<environment_details>\n</environment_details>'),
    ts: ms,
  },
  {
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'hm' },
      ...words('Reading.'),
      { type: 'tool_use', id: 'c1', name: 'read_file', input: { path: 'a.py' } },
    ],
    ts: ms,
    modelInfo: { modelId: 'glm-9', providerId: 'z' },
    metrics: { tokens: { prompt: 10, completion: 2, cached: 3 } },
  },
  {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: 'c1', content: words('x'), is_error: true }],
  },
];

const claudeLine = (type: string, message: object, more: object = {}) => ({
  type,
  sessionId: 's1',
  uuid: `u-${type}`,
  parentUuid: null,
  isSidechain: false,
  version: '2.0.1',
  timestamp: at,
  message,
  ...more,
});
export const claudeLines = [
  claudeLine('user', { role: 'user', content: 'Fix it' }),
  claudeLine('assistant', {
    id: 'm1',
    role: 'assistant',
    model: 'claude-9',
    content: anthropicTurns[1]?.content,
    usage: { input_tokens: 1, cache_creation_input_tokens: 2, cache_read_input_tokens: 3, output_tokens: 4 },
  }),
  claudeLine('user', { role: 'user', content: anthropicTurns[2]?.content }, { toolUseResult: 'x' }),
  { type: 'system', subtype: 'compact_boundary', content: 'Compacted', timestamp: at, sessionId: 's1' },
  claudeLine('user', { role: 'user', content: 'It went on' }, { isCompactSummary: true, isMeta: true }),
];

export const openhandsV0 = [
  {
    id: 1,
    timestamp: local,
    source: 'user',
    action: 'message',
    args: { content: 'Fix it', image_urls: ['x'] },
  },
  {
    id: 2,
    timestamp: local,
    source: 'agent',
    action: 'run',
    args: { command: 'ls', thought: 'hm' },
    tool_call_metadata: {
      function_name: 'bash',
      model_response: { id: 'r', model: 'glm-9', usage: { prompt_tokens: 5, completion_tokens: 1 } },
    },
    llm_metrics: { accumulated_token_usage: { prompt_tokens: 5, completion_tokens: 1 } },
  },
  {
    id: 3,
    timestamp: local,
    source: 'agent',
    observation: 'run',
    content: 'a',
    cause: 2,
    extras: { metadata: { exit_code: 1 } },
  },
];

export const piEntries = [
  { type: 'session', version: 3, id: 's1', timestamp: at, cwd: '/w' },
  {
    type: 'message',
    id: 'e1',
    parentId: null,
    timestamp: at,
    message: { role: 'user', content: words('Fix it') },
  },
  {
    type: 'message',
    id: 'e2',
    parentId: 'e1',
    timestamp: at,
    message: {
      role: 'assistant',
      provider: 'z',
      model: 'glm-9',
      content: [...words('ok'), { type: 'toolCall', id: 'c1', name: 'read', arguments: { path: 'a.ts' } }],
      usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 },
    },
  },
  {
    type: 'message',
    id: 'e3',
    parentId: 'e2',
    timestamp: at,
    message: { role: 'toolResult', toolCallId: 'c1', content: words('x'), isError: false },
  },
  { type: 'compaction', id: 'e4', parentId: 'e3', timestamp: at, summary: 'short' },
];
