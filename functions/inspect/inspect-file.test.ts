import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FileReading, inspectFile } from './inspect-file.ts';
import { claudeSession, fakeToken } from './testing.ts';

const whole = (text: string | Uint8Array): Promise<FileReading> => {
  const bytes = Buffer.from(text);
  return inspectFile([bytes], bytes.length);
};

test('a session is read, its secret found in line and column, and its bytes named as git does', async () => {
  const text = claudeSession({ words: `use ${fakeToken} now` });
  const { reading, hits, omitted, gitBlobSha, bytes } = await whole(text);
  expect(reading.summary).toMatchObject({ format: 'claude-code', userMessages: 1, toolCalls: 1 });
  const lines = text.split('\n');
  const places = hits.filter(({ severity }) => severity === 'high');
  expect(places.length).toBeGreaterThan(0);
  for (const { line, column } of places) expect(lines[line - 1]?.slice(column - 1)).toMatch(/^ghp_/);
  expect(omitted).toBe(0);
  expect(bytes).toBe(Buffer.byteLength(text));
  const named = createHash('sha1').update(`blob ${bytes}\0${text}`).digest('hex');
  expect(gitBlobSha).toBe(named);
});

test('nothing of what a session says is in the reading', async () => {
  const read = await whole(claudeSession({ prompt: 'marker-word', words: 'marker-word' }));
  expect(read.reading.summary).not.toBeNull();
  expect(JSON.stringify(read)).not.toContain('marker-word');
});

test('bytes that come in pieces, cut anywhere, read as the whole does', async () => {
  const bytes = Buffer.from(claudeSession({ prompt: 'Zähle die Frösche 🐸', words: `é ${fakeToken}` }));
  const expected = await inspectFile([bytes], bytes.length);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 6 }), async (cuts) => {
      const places = [0, ...cuts, bytes.length].sort((a, b) => a - b);
      const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      expect(await inspectFile(pieces, bytes.length)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['nothing', '', 'empty'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0, 0, 13]), 'binary'],
  ['bytes that are not UTF-8', Buffer.from([...Buffer.from(claudeSession()), 0xff, 0x0a]), 'invalid_utf8'],
])('%s: said as a problem', async (_, content, code) => {
  const { reading } = await whole(content);
  expect(reading.problems.map((problem) => problem.code)).toContain(code);
});

test('a byte-order mark hides neither the session nor a secret on its first line', async () => {
  const { reading, hits } = await whole(`\ufeff${claudeSession({ prompt: fakeToken })}`);
  expect(reading.summary?.format).toBe('claude-code');
  expect(hits).toContainEqual(expect.objectContaining({ line: 1, severity: 'high' }));
});

test.each([
  ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-16 without its mark', (text: string) => Buffer.from(text, 'utf16le')],
])('a session redirected as %s is read, and its secret found', async (_, encode) => {
  const bytes = encode(claudeSession({ words: fakeToken }));
  const read = await whole(bytes);
  expect(read.reading.summary?.format).toBe('claude-code');
  expect(read.hits.some(({ severity }) => severity === 'high')).toBe(true);
  const dripping = Array.from(bytes, (_byte, i) => bytes.subarray(i, i + 1));
  expect(await inspectFile(dripping, bytes.length)).toEqual(read);
});

test('a session redirected as UTF-16 may begin with what is no letter', async () => {
  const text = '\ufeff ▐▛███▜▌   Claude Code v2.0.64\r\n▝▜█████▛▘\r\n\r\n> hello\r\n\r\n● Hi.\r\n';
  for (const first of [text, text.replace(' ', '')]) {
    const { reading } = await whole(Buffer.from(first, 'utf16le'));
    expect(reading.summary).toMatchObject({ format: 'claude-code-export', userMessages: 1 });
  }
});

test('a mark of UTF-16 before other text hides no secret', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(claudeSession({ words: fakeToken }))]);
  expect((await whole(bytes)).hits.some(({ severity }) => severity === 'high')).toBe(true);
});

test('what the source throws comes through', async () => {
  async function* broken() {
    yield Buffer.from('{');
    throw new Error('the source broke');
  }
  await expect(inspectFile(broken(), 10)).rejects.toThrow('the source broke');
});
