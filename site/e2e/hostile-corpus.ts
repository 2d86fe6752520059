/*
 * Sessions made to break out of the page that shows them, made up. Every text holds a mark of its own, such as
 * `mark1042z`, by which it can be looked for among what is shown.
 */

const huge = 1_000_000;
const deep = 100_000;

/** A session file, and the marks that can be read of it once everything is unfolded. */
interface HostileFile {
  name: string;
  text: string;
  marks: string[];
}

/** Texts that would do something anywhere but in a text. `window.pwned` tells of it when they do. */
const shapes: ((mark: string) => string)[] = [
  (m) => `<script>window.pwned='${m}';alert('${m}')</script>`,
  (m) => `</pre></details></article></script><script>alert('${m}')</script>`,
  (m) => `"'><img src=x onerror="window.pwned='${m}';alert('${m}')">`,
  (m) => `<svg onload=alert('${m}')><a xlink:href="javascript:alert('${m}')"><text>${m}</text></a></svg>`,
  (m) => `<iframe srcdoc="<script>parent.pwned='${m}'</script>" src="javascript:alert('${m}')"></iframe>`,
  (m) =>
    `<style>* { display: none } /* ${m} */</style><link rel=stylesheet href="https://${m}.example/a.css">`,
  (m) => `<!-- ${m} --><!--><img src=x onerror=alert('${m}')>-->`,
  (m) => `<object data="https://${m}.example/a"></object><embed src="https://${m}.example/b">`,
  (m) =>
    `<form action="https://${m}.example"><input name=q><button formaction="javascript:alert('${m}')">Go</button>`,
  (m) => `<base href="https://${m}.example/"><meta http-equiv=refresh content="0;url=https://${m}.example/">`,
  (m) => `<details open ontoggle=alert('${m}')><summary>${m}</summary></details>`,
  (m) =>
    `<math><mtext><table><mglyph><style><img src=x onerror=alert('${m}')></style></mglyph></table></mtext></math>`,
  (m) => `<template shadowrootmode=open><slot onslotchange=alert('${m}')></slot></template>`,
  (m) => `[inline](javascript:alert('${m}'))`,
  (m) => `[inline](JaVaScRiPt:alert('${m}'))`,
  (m) => `[title](https://example.com/${m} "${m}\\" onmouseover=alert(1)")`,
  (m) => `[reference ${m}][${m}]\n\n[${m}]: javascript:alert('${m}')`,
  (m) => `[hidden]: # (${m})\n\n[//]: # "${m}"`,
  (m) => `<javascript:alert('${m}')> <https://example.com/${m}> <mailto:${m}@example.com>`,
  (m) =>
    `[entity](&#106;avascript:alert('${m}')) [entity](javascript&colon;alert('${m}')) [${m}](java&Tab;script:a)`,
  (m) =>
    `[control](java\u0001script:alert('${m}')) [control](\u0001javascript:alert('${m}')) [tab](java\tscript:${m})`,
  (m) => `[line](java\nscript:alert('${m}')) [line](<java\nscript:${m}>)`,
  (m) => `[data](data:text/html,<script>alert('${m}')</script>) [data](data:text/html;base64,${m})`,
  (m) =>
    `[visual basic](vbscript:msgbox("${m}")) [blob](blob:https://example.com/${m}) [file](file:///etc/${m})`,
  (m) =>
    `[relative](//example.com/${m}) [relative](/api/auth/sign-out?${m}) [fragment](#f1-l1) [query](?${m})`,
  (m) => `[who](https://github.com@example.com/${m}) [who](https://some:one@example.com/${m})`,
  (m) =>
    `[IDN](https://аррӏе.com/${m}) https://gıthub.com/${m} [IPv6](http://[::1]/${m}) [number](http://2130706433/${m})`,
  (m) => `[path](https://example.com/\u202egpj.${m}) [path](https://example.com/%00%0d%0a${m})`,
  (m) => `![image](javascript:alert('${m}')) ![image](data:image/svg+xml,<svg/onload=alert('${m}')>)`,
  (m) =>
    `![pixel](https://${m}.example/pixel.png?leak) [![pixel](https://${m}.example/a.png)](https://example.com/${m})`,
  (m) => `![reference][${m}]\n\n[${m}]: https://${m}.example/pixel.png 'title ${m}'`,
  (m) =>
    `| ${m} | b |\n|---|---|\n| <img src=x onerror=alert('${m}')> | [x](javascript:alert('${m}')) | beyond ${m} |`,
  (m) =>
    `\`\`\`"><script>alert('${m}')</script> onclick=alert(1)\n</pre><script>alert('${m}')</script>\n\`\`\``,
  (m) => `- [x] <input type=checkbox onclick=alert('${m}') autofocus onfocus=alert('${m}')> ${m}`,
  (m) => `NUL \u0000 bell \u0007 backspace \b\b\b escape \u001b delete \u007f next \u0085 ${m}`,
  (m) =>
    `\u001b[31mred\u001b[0m \u001b[2J\u001b[H \u001b]0;title ${m}\u0007 \u001b]8;;javascript:alert('${m}')\u001b\\link\u001b]8;;\u001b\\`,
  (m) => `\u001bP device ${m} \u001b\\ \u009b31m \u009d0;${m}\u009c`,
  (m) => `${m} \u202e}txet gniht-on{ \u2066isolate\u2069 \u202a\u202b\u202d\u202c \u061c\u200e\u200f`,
  (m) =>
    `zero\u200bwidth\u2060word\ufefftext ${m} soft\u00adhyphen \u{e0041}\u{e0042} \u115f\u3164\uffa0 \ufff9a\ufffab\ufffb`,
  (m) => `&#x202e;${m}&#8238; &#0; &#x1b;[31m &#xe0041; &#xd800; &lt;script&gt;alert('${m}')&lt;/script&gt;`,
  (m) => `Z${'\u0351\u036b\u0334\u0335'.repeat(300)}algo ${m}`,
  (m) => `lone \ud83d surrogates \udd25 ${m} 🦾🏽👩‍👩‍👧‍👦`,
  (m) => `#f1-l1 #row-0 #file-1 row-0-name transcript f1-l1.2 data-act="load" data-key="0" data-to="1" ${m}`,
  (m) => `⟨202E⟩ ⟨0000⟩ … 12 more characters ⟨${m}⟩ Image, not loaded: ${m}`,
  (m) => `__proto__ constructor toString hasOwnProperty valueOf {{${m}}} \${${m}} {%${m}%} <%=${m}%>`,
  (m) => `${'\\'.repeat(300)} ${m} ${'`'.repeat(301)}`,
  (m) => `\u2028${m}\u2029 \r${m}\r\n${m}\v\f`,
];

/** What is repeated until it is longer than anybody reads. */
const monsters = ['> ', '- ', '[', '![](', '*_', '<b ', '|a', '\\', '🔥', 'x', 'line\n'];

function marker(): { next: () => string; all: string[] } {
  const all: string[] = [];
  return {
    all,
    next() {
      all.push(`mark${1000 + all.length}z`);
      return all.at(-1) ?? '';
    },
  };
}

const lines = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const absurdTimes = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  -1,
  1e308,
  'NaN',
  '<b>now</b>',
  4e12,
  null,
];
const absurdCounts = [-1, 1e308, 'NaN', 0.5, Number.MAX_SAFE_INTEGER, null, '12', { valueOf: 1 }];
const pick = <Value>(values: readonly Value[], i: number): Value => values[i % values.length] as Value;
/** A name, as long as one may be. */
const named = (text: string) => text.slice(0, 300);

/** Claude Code: every shape in every place, one turn each, in a tree with circles and ids told twice. */
function claude(): HostileFile {
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
function monstrous(): HostileFile {
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
function tools(): HostileFile {
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
function subagents(): HostileFile {
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

/** pi, in its own lines: circles in the tree, entries of the same id, numbers that are none. */
function pi(): { file: HostileFile; header: object; entries: object[] } {
  const { next, all } = marker();
  const header = {
    type: 'session',
    version: 3,
    id: '<b>id</b>',
    timestamp: '2026-05-02T08:15:00.000Z',
    cwd: '/home',
  };
  const entries = shapes.flatMap((shape, i) => [
    {
      type: 'message',
      id: `e${i % 9}`,
      parentId: `e${(i + 5) % 9}`,
      timestamp: pick(['2026-05-02T08:15:01.000Z', ...absurdTimes], i),
      message: { role: 'user', content: shape(next()), timestamp: pick(absurdTimes, i) },
    },
    {
      type: 'message',
      id: `f${i}`,
      parentId: `f${i}`,
      timestamp: pick(absurdTimes, i + 1),
      message: {
        role: 'assistant',
        model: named(shape('model')),
        provider: shape('provider'),
        usage: {
          input: pick(absurdCounts, i),
          output: pick(absurdCounts, i),
          cacheRead: -1,
          cacheWrite: 1e308,
        },
        errorMessage: i % 6 === 0 ? shape(next()) : '',
        content: [
          { type: 'text', text: shape(next()) },
          {
            type: 'toolCall',
            id: `c${i}`,
            name: named(shape('tool')),
            arguments: { [shape('k').slice(0, 60)]: shape(next()) },
          },
          { type: 'image', mimeType: named(shape('image')), data: 'x' },
        ],
      },
    },
    {
      type: 'message',
      id: `g${i}`,
      parentId: null,
      message: {
        role: 'toolResult',
        toolCallId: `c${i}`,
        content: [{ type: 'text', text: shape(next()) }],
        isError: 'no',
      },
    },
    { type: 'compaction', id: `h${i}`, summary: shape(next()) },
  ]);
  return { file: { name: 'pi.jsonl', text: lines([header, ...entries]), marks: all }, header, entries };
}

/** Texts of one line for formats that are read line by line. */
function oneLiners(next: () => string): string[] {
  return shapes.map((shape) => shape(next()).replace(/[\r\n]+/g, ' '));
}

function aider(): HostileFile {
  const { next, all } = marker();
  const turns = oneLiners(next).map((text, i) =>
    i % 2 === 0
      ? `#### ask ${text}\n\nanswer to it\n\n> Tokens: 999999999999M sent, 0 received.  \n`
      : `#### ask\n\nanswer ${text}\n\n> notice ${next()} <script>alert(1)</script>  \n`,
  );
  const head =
    '# aider chat started at 2026-05-02 08:15:00\n\n> Aider v0.86.0  \n> Model: <script>alert(1)</script>  \n\n';
  return { name: '.aider.chat.history.md', text: head + turns.join('\n'), marks: all };
}

function specstory(): HostileFile {
  const { next, all } = marker();
  const turns = oneLiners(next).map(
    (text, i) =>
      `_**User (2026-05-02 08:1${i % 10}:00Z)**_\n\nask ${text}\n\n---\n\n_**Agent (model <img src=x onerror=alert(1)>)**_\n\n` +
      `<think><details><summary>Thought Process</summary>\n${next()} <script>alert(1)</script></details></think>\n\n` +
      `<tool-use data-tool-type="shell" data-tool-name="<svg onload=alert(1)>"><details>\n<summary>Tool ${next()}</summary>\n\n` +
      `\`\`\`\n${next()} </details><script>alert(1)</script>\n\`\`\`\n</details></tool-use>\n\nanswer ${next()}\n\n---\n\n`,
  );
  const head =
    '<!-- Generated by SpecStory, Markdown v2.1.0 -->\n\n# <script>alert(1)</script>\n\n<!-- Claude Code Session ../../id (2026-05-02 08:15:00Z) -->\n\n';
  return { name: 'specstory.md', text: head + turns.join(''), marks: all };
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function claudeHtml(): HostileFile {
  const { next, all } = marker();
  const messages = oneLiners(next).map((text, i) => {
    const role = pick(['user', 'assistant', 'tool-reply'], i);
    const name = pick(['user-content', 'assistant-text', 'tool-result', 'thinking'], i);
    const block = role === 'tool-reply' ? 'tool-result' : name;
    return (
      `<div class="message ${role}" id="f1-l1"><div class="message-header"><time data-timestamp="${pick(absurdTimes, i)}">x</time></div>` +
      `<div class="message-content">\n<div class="${block}"><p>${escaped(text)}</p></div>\n` +
      `<div class="tool-use" data-tool-id="same"><div class="tool-header"><span class="tool-icon">x</span> &lt;script&gt;</div>` +
      `<div class="truncatable-content"><pre class="json">${escaped(JSON.stringify({ command: next() }))}</pre></div></div></div></div>\n`
    );
  });
  const text = `<!DOCTYPE html>\n<html><head>\n<title>Claude Code transcript - page 1</title>\n<script>alert('of the page')</script>\n</head><body onload="alert(1)">\n${messages.join('')}<div class="pagination"></div>\n<script>alert(1)</script></body></html>\n`;
  return { name: 'page-001.html', text, marks: all };
}

function piHtml({ file, header, entries }: ReturnType<typeof pi>): HostileFile {
  const data = Buffer.from(JSON.stringify({ header, entries, leafId: '__proto__' })).toString('base64');
  const text = `<!DOCTYPE html>\n<html>\n<head>\n<title>Session Export</title>\n</head>\n<body onload="alert(1)">\n<script id="session-data" type="application/json">${data}</script>\n<script>alert(1)</script>\n</body>\n</html>\n`;
  return { name: 'session.html', text, marks: file.marks };
}

/** A page of no format we know. */
function page(): HostileFile {
  const { next, all } = marker();
  const text = `<!doctype html><title>none</title><body onload=alert(1)>\n${oneLiners(next).join('\n')}\n`;
  // Not even a text, where it holds NUL.
  return { name: 'page.html', text: text.replaceAll('\0', ''), marks: all };
}

/** The corpus: files of a gist each, so that what goes wrong in one is told by its name. */
export function hostileFiles(): HostileFile[] {
  const own = pi();
  return [
    claude(),
    monstrous(),
    tools(),
    subagents(),
    own.file,
    aider(),
    specstory(),
    claudeHtml(),
    piHtml(own),
    page(),
  ];
}
