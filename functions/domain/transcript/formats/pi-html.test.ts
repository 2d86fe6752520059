import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const stamp = (second: number) => `2026-02-01T10:00:0${second}.000Z`;
const header = { type: 'session', version: 3, id: 's-1', timestamp: stamp(0), cwd: '/tmp/pond' };
const entry = (id: string, parentId: string | null, second: number, message: object) => ({
  type: 'message',
  id,
  parentId,
  timestamp: stamp(second),
  message,
});
const entries = [
  entry('e1', null, 1, { role: 'user', content: 'Zähl die Frösche 🐸' }),
  entry('e2', 'e1', 2, {
    role: 'assistant',
    model: 'claude-opus-4-5',
    content: [{ type: 'toolCall', id: 'c1', name: 'ls', arguments: {} }],
    usage: { input: 3, output: 7, cacheRead: 100, cacheWrite: 10 },
  }),
  entry('e3', 'e2', 3, { role: 'toolResult', toolCallId: 'c1', content: [], isError: false }),
];
const data = { header, entries, leafId: 'e3', systemPrompt: 'Be a frog.', tools: [] };

const base64 = (text: string) =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
const page = (inside: string, title = 'Session Export') =>
  [
    '<!DOCTYPE html>',
    '<html lang="en">',
    `<head><title>${title}</title><style>body { color: green }</style></head>`,
    '<body>',
    `  <script id="session-data" type="application/json">${inside}</script>`,
    '  <script>/* </script> closes the one before */ render()</script>',
    '</body>',
    '</html>',
  ].join('\n');
const whole = page(base64(JSON.stringify(data)));

test('the session inside the page is read', () => {
  const { summary, events } = readText(whole);
  expect(summary).toMatchObject({
    agent: 'pi',
    format: 'pi-html',
    rendered: true,
    sessionIds: ['s-1'],
    models: ['claude-opus-4-5'],
    userMessages: 1,
    assistantMessages: 1,
    toolCalls: 1,
    toolCallsPaired: true,
    inputTokens: 113,
    outputTokens: 7,
    startedAt: stamp(0),
    endedAt: stamp(3),
  });
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'message', text: 'Zähl die Frösche 🐸', line: 5 }),
  );
});

test('the data may stand over several lines, and come in pieces', () => {
  const lines = base64(JSON.stringify(data)).replace(/.{76}/g, '$&\n  ');
  expect(readText(page(`\n${lines}\n`), [100, 300, 301]).summary).toMatchObject({
    format: 'pi-html',
    userMessages: 1,
    toolCallsPaired: true,
  });
});

test('OpenClaw is known by what the session holds', () => {
  const claw = { ...data, header: { ...header, cwd: '/home/x/.openclaw' } };
  expect(readText(page(base64(JSON.stringify(claw)))).summary?.agent).toBe('openclaw');
});

test('a page cut off inside the data is read up to there', () => {
  const start = whole.indexOf('json">') + 'json">'.length;
  const end = whole.indexOf('</script>');
  let most = 0;
  for (let length = start; length < end; length += 7) {
    const { summary } = readText(whole.slice(0, length));
    expect(summary).toMatchObject({ agent: 'pi', format: 'pi-html' });
    most = Math.max(most, summary?.userMessages ?? 0);
  }
  expect(most).toBe(1);
});

test.each([
  ['nothing', ''],
  ['no base64', '*** not base64 ***'],
  ['base64 of no JSON', base64('frogs')],
  ['base64 of no text', btoa('\xff\xfe\x00\x80')],
  ['JSON that is not encoded', JSON.stringify(data).replaceAll('<', '')],
  ['another value', base64('[1,2,3]')],
  ['a value of null', base64('null')],
  ['wrong types', base64(JSON.stringify({ header: 7, entries: 'x' }))],
])('with %s inside the page is one of pi, and empty', (_, inside) => {
  expect(readText(page(inside)).summary).toMatchObject({
    agent: 'pi',
    format: 'pi-html',
    userMessages: 0,
    contentKey: null,
  });
});

test('junk among the entries is skipped', () => {
  const junk = [null, 7, 'x', [], {}, { type: 'message', message: null }];
  const mixed = { ...data, entries: [...junk, ...entries, ...junk] };
  expect(readText(page(base64(JSON.stringify(mixed)))).summary).toMatchObject({
    userMessages: 1,
    toolCallsPaired: true,
  });
});

test('a page of many megabytes is read', () => {
  const long = {
    ...data,
    entries: [...entries, entry('e4', 'e3', 4, { role: 'user', content: 'frog '.repeat(1e6) })],
  };
  expect(readText(page(base64(JSON.stringify(long)))).summary).toMatchObject({ userMessages: 2 });
});

test('of a page beyond any size only the maker is known', () => {
  const [before = '', after = ''] = page('|').split('|');
  const text = [before, ...Array.from({ length: 33 }, () => 'A'.repeat(1_000_000)), after].join('\n');
  expect(readText(text).summary).toMatchObject({ agent: 'pi', format: 'pi-html', userMessages: 0 });
});

test('other pages are no session', () => {
  const inside = base64(JSON.stringify(data));
  for (const text of [
    page(inside, 'Frogs'),
    whole.replace('id="session-data"', 'id="frog-data"'),
    `# Exports\n\n\`\`\`html\n${whole}\n\`\`\`\n`,
  ]) {
    expect(readText(text).summary).toBeNull();
  }
});
