/*
 * Sessions made to break out of the page that shows them, made up. Every text holds a mark of its own, such as
 * `mark1042z`, by which it can be looked for among what is shown.
 */

export const huge = 1_000_000;
export const deep = 100_000;

/** A session file, and the marks that can be read of it once everything is unfolded. */
export interface HostileFile {
  name: string;
  text: string;
  marks: string[];
}

/** Texts that would do something anywhere but in a text. `window.pwned` tells of it when they do. */
export const shapes: ((mark: string) => string)[] = [
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
export const monsters = ['> ', '- ', '[', '![](', '*_', '<b ', '|a', '\\', '🔥', 'x', 'line\n'];

export function marker(): { next: () => string; all: string[] } {
  const all: string[] = [];
  return {
    all,
    next() {
      all.push(`mark${1000 + all.length}z`);
      return all.at(-1) ?? '';
    },
  };
}

export const lines = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
export const absurdTimes = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  -1,
  1e308,
  'NaN',
  '<b>now</b>',
  4e12,
  null,
];
export const absurdCounts = [-1, 1e308, 'NaN', 0.5, Number.MAX_SAFE_INTEGER, null, '12', { valueOf: 1 }];
export const pick = <Value>(values: readonly Value[], i: number): Value => values[i % values.length] as Value;
/** A name, as long as one may be. */
export const named = (text: string) => text.slice(0, 300);
