import {
  anthropicTurns,
  at,
  claudeLines,
  local,
  ms,
  openaiCall,
  openhandsV0,
  words,
} from './fuzz-samples-shared.ts';

/** The formats that are one JSON value; a few have several, one a line. */
export const documentSamples: Readonly<Record<string, unknown[]>> = {
  'claude-code-web': [{ loglines: claudeLines }],
  atif: [
    {
      schema_version: 'ATIF-v1.6',
      session_id: 's1',
      agent: { name: 'claude_code', version: '2.0', model_name: 'glm-9' },
      steps: [
        { step_id: 1, timestamp: at, source: 'user', message: 'Fix it' },
        {
          step_id: 2,
          timestamp: at,
          source: 'agent',
          message: words('ok'),
          reasoning_content: 'hm',
          tool_calls: [{ tool_call_id: 'c1', function_name: 'shell', arguments: { path: 'a.rb' } }],
          observation: { results: [{ source_call_id: 'c1', content: 'x' }] },
          metrics: { prompt_tokens: 3, completion_tokens: 1 },
        },
      ],
      final_metrics: { total_prompt_tokens: 3, total_completion_tokens: 1 },
      subagent_trajectories: [{ trajectory_id: 't', agent: {}, steps: [] }],
    },
  ],
  crush: [
    {
      meta: { id: 'h', uuid: 's1', created: at, modified: at, prompt_tokens: 1, completion_tokens: 2 },
      messages: [
        { id: 'm1', role: 'user', created: at, parts: words('Fix it') },
        {
          id: 'm2',
          role: 'assistant',
          created: at,
          model: 'glm-9',
          parts: [
            { type: 'reasoning', thinking: 'hm' },
            { type: 'tool_call', tool_call_id: 'c1', name: 'edit', input: '{"file_path":"a.c"}' },
            { type: 'finish', reason: 'stop', time: ms },
          ],
        },
        {
          id: 'm3',
          role: 'tool',
          created: at,
          parts: [{ type: 'tool_result', tool_call_id: 'c1', content: 'x', is_error: true }],
        },
      ],
    },
  ],
  hermes: [
    {
      session_id: 's1',
      model: 'glm-9',
      platform: 'cli',
      session_start: local,
      last_updated: local,
      system_prompt: 'x',
      messages: [
        { role: 'user', content: 'Fix it', timestamp: local },
        { role: 'assistant', content: 'ok', reasoning: 'hm', tool_calls: [openaiCall] },
        { role: 'tool', tool_call_id: 'c1', content: 'x' },
      ],
    },
  ],
  'mini-swe-agent': [
    {
      trajectory_format: 'mini-swe-agent-1',
      info: { mini_version: '1.9', config: { model: { model_name: 'glm-9' } } },
      messages: [
        { role: 'system', content: 'x' },
        { role: 'user', content: 'Fix it' },
        {
          role: 'assistant',
          content: 'so\n```bash\nls\n```',
          extra: { response: { created: 1_790_000_000, usage: { prompt_tokens: 4, completion_tokens: 2 } } },
        },
        { role: 'user', content: '<returncode>1</returncode>' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [openaiCall],
          extra: { actions: [{ command: 'ls' }] },
        },
        {
          object: 'response',
          output: [{ content: words('ok') }],
          usage: { input_tokens: 1, output_tokens: 2 },
        },
      ],
    },
  ],
  'openhands-eval': [
    {
      instance_id: 'i1',
      instruction: 'Fix it',
      metadata: { llm_config: { model: 'glm-9' } },
      history: openhandsV0,
    },
    {
      instance_id: 'i2',
      history: [[openhandsV0[1], openhandsV0[2]]],
      metrics: { accumulated_token_usage: {} },
    },
  ],
  'swe-agent': [
    {
      environment: 'main',
      trajectory: [{ action: 'open a.py', observation: 'x', response: 'ok', thought: 'hm', state: '{}' }],
      history: [
        { role: 'system', content: 'x', agent: 'main' },
        { role: 'user', content: 'Fix it', agent: 'main', is_demo: true },
        { role: 'assistant', content: 'ok', agent: 'main', action: 'ls' },
      ],
      info: { swe_agent_version: '1.1', model_stats: { tokens_sent: 5, tokens_received: 1 } },
      replay_config: '{"agent":{"model":{"name":"glm-9"}}}',
    },
  ],
  amp: [
    {
      id: 'T-1',
      v: 3,
      created: ms,
      env: { initial: {} },
      agentMode: 'smart',
      messages: anthropicTurns.map((turn, messageId) => ({
        ...turn,
        messageId,
        usage: { model: 'glm-9', inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3, timestamp: at },
      })),
      meta: { traces: [{ startTime: at, endTime: at }] },
      usageLedger: { events: [{ model: 'glm-9', tokens: { input: 1, output: 2 } }] },
    },
  ],
  'cline-api': [anthropicTurns],
  'cline-ui': [
    [
      { ts: ms, type: 'say', say: 'text', text: 'Fix it', modelInfo: { modelId: 'glm-9' } },
      { ts: ms, type: 'say', say: 'api_req_started', text: '{"tokensIn":5,"tokensOut":1,"cacheReads":2}' },
      { ts: ms, type: 'say', say: 'reasoning', text: 'hm' },
      { ts: ms, type: 'ask', ask: 'tool', text: '{"tool":"readFile","path":"a.py"}' },
      { ts: ms, type: 'ask', ask: 'command', text: 'ls' },
      { ts: ms, type: 'say', say: 'user_feedback', text: 'more', images: ['x'] },
    ],
  ],
  'gemini-cli': [
    {
      sessionId: 's1',
      projectHash: 'h',
      startTime: at,
      lastUpdated: at,
      messages: [
        { id: 'm1', timestamp: at, type: 'user', content: [{ text: 'Fix it' }] },
        {
          id: 'm2',
          timestamp: at,
          type: 'gemini',
          content: 'ok',
          model: 'gemini-9',
          thoughts: [{ subject: 'hm', description: 'hm', timestamp: at }],
          tokens: { input: 5, output: 1, cached: 2, thoughts: 1, tool: 0, total: 9 },
          toolCalls: [
            {
              id: 'c1',
              name: 'read_file',
              args: { absolute_path: 'a.php' },
              status: 'error',
              result: [{ functionResponse: { response: { output: 'x' } } }],
            },
          ],
        },
        { id: 'm3', timestamp: at, type: 'warning', content: 'slow' },
      ],
    },
  ],
  'gemini-share-json': [
    [
      { role: 'user', parts: [{ text: 'This is the Gemini CLI. We are setting up the context.' }] },
      { role: 'user', parts: [{ text: 'Fix it' }, { inlineData: { mimeType: 'image/png', data: 'AA' } }] },
      {
        role: 'model',
        parts: [{ text: 'hm', thought: true }, { functionCall: { name: 'read_file', args: {} } }],
      },
      { role: 'user', parts: [{ functionResponse: { name: 'read_file', response: { output: 'x' } } }] },
    ],
  ],
  'goose-export': [
    {
      id: 's1',
      working_dir: '/w',
      created_at: at,
      updated_at: at,
      extension_data: {},
      message_count: 1,
      session_type: 'user',
      model_config: { model_name: 'glm-9' },
      conversation: [{ role: 'user', created: 1_790_000_000, content: words('Fix it') }],
    },
  ],
  opencode: [
    {
      info: { id: 'ses_1', version: '1.0', time: { created: ms, updated: ms } },
      messages: [
        {
          info: { id: 'm1', role: 'user', sessionID: 'ses_1', time: { created: ms } },
          parts: [...words('Fix it'), { type: 'file', mime: 'image/png' }],
        },
        {
          info: {
            id: 'm2',
            role: 'assistant',
            modelID: 'glm-9',
            tokens: { input: 1, output: 2, reasoning: 3, cache: { read: 4, write: 5 } },
            time: { created: ms, completed: ms },
          },
          parts: [
            { type: 'reasoning', text: 'hm' },
            {
              type: 'tool',
              tool: 'read',
              callID: 'c1',
              state: { status: 'error', input: { filePath: 'a.ex' }, error: 'x', output: 'x' },
            },
            { type: 'compaction' },
          ],
        },
      ],
    },
  ],
};
