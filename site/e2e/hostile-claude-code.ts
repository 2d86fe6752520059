import {
  absurdCounts,
  absurdTimes,
  deep,
  type HostileFile,
  huge,
  lines,
  marker,
  monsters,
  named,
  pick,
  shapes,
} from './hostile-shapes.ts';

/** Claude Code: every shape in every place, one turn each, in a tree with circles and ids told twice. */
export function claude(): HostileFile {
  const { next, all } = marker();
  const records: unknown[] = [];
  shapes.forEach((shape, i) => {
    const envelope = (uuid: string, parentUuid: string | null) => ({
      uuid,
      parentUuid,
      isSidechain: false,
      sessionId: named(i % 5 === 0 ? shape('session') : 'one'),
      version: named(shape('version')),
      timestamp: pick(absurdTimes, i),
      cwd: shape('folder'),
    });
    const id = i % 7 === 0 ? 'toString' : `m${i}`;
    records.push(
      {
        ...envelope(`p${i}`, `a${i + (i % 3)}`),
        type: 'user',
        message: { role: 'user', content: shape(next()) },
      },
      {
        ...envelope(`a${i}`, `p${i}`),
        type: 'assistant',
        message: {
          id,
          role: 'assistant',
          model: named(shape('model')),
          usage: { input_tokens: pick(absurdCounts, i), output_tokens: pick(absurdCounts, i + 1) },
          content: [
            { type: 'thinking', thinking: shape(next()) },
            { type: 'text', text: shape(next()) },
            {
              type: 'tool_use',
              id: `t${i}`,
              name: i % 4 === 0 ? 'toString' : named(shape('tool')),
              input: { [shape('key').slice(0, 200)]: shape(next()), command: shape(next()) },
            },
          ],
        },
      },
      {
        ...envelope(`r${i}`, `r${i}`),
        type: 'user',
        message: {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: `t${i}`, content: shape(next()), is_error: i % 2 === 0 },
          ],
        },
      },
    );
  });
  return { name: 'claude.jsonl', text: lines(records), marks: all };
}

/** Claude Code: texts of 100,000 pieces, results of a megabyte, and an attribute of one. */
export function monstrous(): HostileFile {
  const { next, all } = marker();
  const said = (role: string, i: number, content: unknown) => ({
    type: role,
    uuid: `${role}${i}`,
    parentUuid: null,
    isSidechain: false,
    sessionId: 'four',
    message: { id: `m${i}`, role, content },
  });
  const records = monsters.flatMap((piece, i) => {
    const text = (size: number) => `${next()} ${piece.repeat(size / piece.length)}`;
    return [
      said('user', i, text(deep)),
      said('assistant', i, [
        { type: 'text', text: text(deep) },
        { type: 'tool_use', id: `t${i}`, name: 'n'.repeat(300), input: { command: text(deep) } },
      ]),
      said('user', i, [
        { type: 'tool_result', tool_use_id: `t${i}`, content: text(i % 4 === 1 ? huge : deep) },
      ]),
    ];
  });
  const attribute = `${next()} <a title="${'x'.repeat(huge)}" onclick=alert(1)>`;
  records.push(said('user', records.length, [{ type: 'tool_result', content: attribute }]));
  return { name: 'monstrous.jsonl', text: lines(records), marks: all };
}

/** Claude Code again: shapes of tools, and what stands in them. */
export function tools(): HostileFile {
  const { next, all } = marker();
  const nested = `${'['.repeat(deep)}"${'deepest'}"${']'.repeat(deep)}`;
  const script = (mark: string) => `<script>alert('${mark}')</script>\u202e`;
  const inputs: string[] = [
    JSON.stringify({ file_path: `${next()}<img src=x onerror=alert(1)>`, content: script(next()) }),
    JSON.stringify({ file_path: next(), old_string: `${script(next())}\r\n`, new_string: script(next()) }),
    JSON.stringify({
      path: next(),
      edits: [{ old_string: next(), new_string: next() }, null, 1, [], { old_string: {} }],
    }),
    JSON.stringify({
      input: `*** Begin Patch\n*** Update File: ${next()}\n@@ <b>\n-${script(next())}\n+${next()}\r\n`,
    }),
    JSON.stringify(`--- a/${next()}\n+++ b/${next()}\n@@ -1 +1 @@\n-<svg onload=alert(1)>\n+${next()}`),
    `{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"${next()}"}},"toString":"${next()}"}`,
    JSON.stringify(['<b>', next(), [script(next())]]),
    JSON.stringify({ [`${'k'.repeat(huge)}`]: next(), [next()]: 'v'.repeat(huge) }),
    `{"command":"${next()}","deep":${nested}}`,
    `${nested}`,
    JSON.stringify(`{"file_path":"${next()}"}`),
    `null`,
    `-1e308`,
    JSON.stringify({ edits: Array.from({ length: 20_000 }, () => ({ old_string: 'a', new_string: 'b' })) }),
  ];
  const made = inputs.flatMap((input, i) => [
    `{"type":"assistant","uuid":"u${i}","parentUuid":"u${i}","isSidechain":false,"sessionId":"two","message":{"id":"n${i}","role":"assistant","content":[{"type":"tool_use","id":"same","name":"Edit","input":{}},{"type":"tool_use","id":"c${i}","name":"${pick(['Edit', '__proto__', 'constructor', 'hasOwnProperty'], i)}","input":${input}}]}}\n`,
    lines([
      {
        type: 'user',
        uuid: `v${i}`,
        parentUuid: null,
        isSidechain: false,
        sessionId: 'two',
        message: {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'same', content: `${next()} ${i}` }],
        },
      },
    ]),
  ]);
  // The arguments of the call told again and again are those told last, and a tool's key may be longer than is shown.
  return { name: 'tools\u202elnosj.jsonl', text: made.join(''), marks: all };
}

/** Claude Code once more: subagents that share ids with each other and with the main conversation. */
export function subagents(): HostileFile {
  const { next, all } = marker();
  const agents = [
    '__proto__',
    'constructor',
    '#f1-l1',
    '<img src=x onerror=alert(1)>',
    '\u202eagent',
    'a',
    'a ',
  ];
  const records = agents.flatMap((agentId, i) => {
    const side = { isSidechain: true, agentId, sessionId: 'three', uuid: 'same', parentUuid: 'same' };
    return [
      { ...side, type: 'user', message: { role: 'user', content: `${next()} <script>alert(1)</script>` } },
      {
        ...side,
        type: 'assistant',
        isSidechain: i % 2 === 0,
        message: {
          id: `shared${i % 3}`,
          role: 'assistant',
          model: '\u202eledom',
          content: [
            { type: 'text', text: `${next()} [x](javascript:alert(1))` },
            { type: 'tool_use', id: 'shared', name: agentId, input: { prompt: next() } },
            {
              type: 'image',
              source: { type: 'base64', media_type: '<img src=x onerror=alert(1)>', data: 'x' },
            },
          ],
        },
      },
    ];
  });
  // A call told again is the same call, with the arguments told last.
  const prompts = all.filter((_, i) => i % 3 === 2).slice(0, -1);
  return {
    name: 'subagents.jsonl',
    text: lines(records),
    marks: all.filter((mark) => !prompts.includes(mark)),
  };
}
