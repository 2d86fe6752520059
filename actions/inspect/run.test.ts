import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { claudeSession, fakeToken } from '#inspect/testing.ts';
import { endOf } from '../testing.ts';
import { openFile } from './open-file.ts';
import { run } from './run.ts';

interface Line {
  [field: string]: unknown;
  findings: { fingerprint: string }[];
  problems: { code: string; sentence: string }[];
}

/** Runs the program, as people do, in a folder with these files. */
async function inspect(files: Record<string, string | Buffer>, ...args: string[]) {
  const ended = await endOf('inspect', args, { cwd: folderOf(files) });
  const { stdout } = ended;
  return { ...ended, lines: stdout.startsWith('{') ? stdout.trimEnd().split('\n').map(parsed) : [] };
}

/** The same without a process of its own, for those files of a folder that are named; with `--fail-on high`. */
async function inspectHere(files: Record<string, string | Buffer>, ...names: string[]) {
  const folder = folderOf(files);
  const lines: Line[] = [];
  const complaints: string[] = [];
  const paths = names.map((name) => join(folder, name));
  const code = await run(paths, {
    failOn: 'high',
    print: (line) => lines.push(parsed(line)),
    complain: (sentence) => complaints.push(sentence.replace(`${folder}/`, '')),
  });
  return { code, lines, complaints };
}

const parsed = (line: string): Line => JSON.parse(line);

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const clean = claudeSession();
const leaky = claudeSession({ prompt: `Push with ${fakeToken}` });

test('a session: one line of JSON with everything that is promised', async () => {
  const { code, lines } = await inspect({ 'pond.jsonl': clean }, 'pond.jsonl');
  expect(code).toBe(0);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    path: 'pond.jsonl',
    agent: 'claude-code',
    agent_version: '2.1.9',
    format: 'claude-code',
    session_ids: ['s1'],
    models: ['claude-opus-4-5'],
    started_at: '2026-02-01T10:00:01.000Z',
    ended_at: '2026-02-01T10:00:05.000Z',
    user_messages: 1,
    assistant_messages: 3,
    tool_calls: 1,
    tool_names: ['Read'],
    input_tokens: 309,
    output_tokens: 21,
    findings: [],
    bytes: Buffer.byteLength(clean),
    git_blob_sha: createHash('sha1')
      .update(`blob ${Buffer.byteLength(clean)}\0${clean}`)
      .digest('hex'),
  });
});

test('a line a file in the order given, and one that cannot be read hides no other', async () => {
  const files = { 'b.jsonl': clean, 'a.jsonl': leaky, 'sub/c.jsonl': clean };
  const { code, stderr, lines } = await inspect(
    files,
    'b.jsonl',
    'gone.jsonl',
    'sub',
    'a.jsonl',
    './sub/c.jsonl',
  );
  expect(code).toBe(2);
  expect(lines.map(({ path, error, agent }) => ({ path, error, agent }))).toEqual([
    { path: 'b.jsonl', error: undefined, agent: 'claude-code' },
    { path: 'gone.jsonl', error: 'there is no such file', agent: null },
    { path: 'sub', error: 'it is a folder', agent: null },
    { path: 'a.jsonl', error: undefined, agent: 'claude-code' },
    { path: './sub/c.jsonl', error: undefined, agent: 'claude-code' },
  ]);
  expect(lines[1]).toMatchObject({ user_messages: null, findings: [] });
  expect(stderr).toBe(
    'inspect: gone.jsonl cannot be read: there is no such file.\ninspect: sub cannot be read: it is a folder.\n',
  );
});

test('a device, which never ends, is not read', async () => {
  const { code, lines } = await inspect({}, '/dev/zero');
  expect(code).toBe(2);
  expect(lines).toMatchObject([{ path: '/dev/zero', error: 'it is not a regular file' }]);
});

const problemsOf = ({ problems }: Line) => problems.map(({ code }) => code);

test('files that are no sessions: agent null, what is wrong in a sentence, exit 0', async () => {
  const files = {
    'empty.jsonl': '',
    'packed.gz': gzipSync(clean),
    'photo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]),
    'list.json': '[{"name":"frog"}]',
    'notes.md': '# Ponds\n',
  };
  const { code, lines } = await inspectHere(files, ...Object.keys(files));
  expect(code).toBe(0);
  for (const line of lines) expect(line).toMatchObject({ agent: null, format: null, findings: [] });
  expect(lines.map(problemsOf)).toEqual([
    ['empty'],
    expect.arrayContaining(['binary']),
    expect.arrayContaining(['binary']),
    [],
    [],
  ]);
  for (const { problems } of lines) {
    for (const { sentence } of problems) expect(sentence).toMatch(/^[A-Z].+\.$/);
  }
});

test('two JSON objects on a line, CRLF, a byte-order mark and a cut-off last line are read', async () => {
  const [first = '', second = '', ...rest] = clean.trimEnd().split('\n');
  const files = {
    'joined.jsonl': `${first}${second}\n${rest.join('\n')}\n`,
    'crlf.jsonl': `\ufeff${clean.replaceAll('\n', '\r\n')}`,
    'cut.jsonl': `${clean}${first.slice(0, 50)}`,
  };
  const { code, lines } = await inspectHere(files, ...Object.keys(files));
  expect(code).toBe(0);
  for (const line of lines)
    expect(line).toMatchObject({ agent: 'claude-code', user_messages: 1, tool_calls: 1 });
  expect(lines.map(({ truncated }) => truncated)).toEqual([false, false, true]);
  expect(lines.map(problemsOf)).toEqual([[], [], expect.arrayContaining(['cut_off'])]);
});

test('a line of 12 MB is read, and the secret at its end found', async () => {
  const words = `${'newts and frogs '.repeat(780_000)} ${fakeToken}`;
  const { code, lines } = await inspect({ 'long.jsonl': claudeSession({ prompt: words }) }, 'long.jsonl');
  expect(code).toBe(0);
  expect(lines).toMatchObject([{ user_messages: 1, findings: [{ line: 1, severity: 'high' }] }]);
  expect(Number(lines[0]?.bytes)).toBeGreaterThan(12_000_000);
});

test('--fail-on high: exit 1 with a finding, and the other files are inspected all the same', async () => {
  const files = { 'leaky.jsonl': leaky, 'clean.jsonl': clean };
  const { code, stderr, lines } = await inspect(files, '--fail-on', 'high', 'leaky.jsonl', 'clean.jsonl');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(lines.map(({ findings }) => findings.length)).toEqual([1, 0]);
  expect((await inspect(files, 'leaky.jsonl')).code).toBe(0);
});

test('--fail-on high: a mail address is not one, and an unreadable file weighs more than a finding', async () => {
  const mail = claudeSession({ prompt: 'Ask grace.brewster@tides-office.net' });
  const files = { 'leaky.jsonl': leaky, 'clean.jsonl': clean, 'mail.jsonl': mail };
  const code = async (...names: string[]) => (await inspectHere(files, ...names)).code;
  expect((await inspectHere(files, 'mail.jsonl')).lines[0]?.findings).toMatchObject([{ severity: 'low' }]);
  expect(await code('clean.jsonl', 'mail.jsonl')).toBe(0);
  expect(await code('clean.jsonl', 'leaky.jsonl', 'clean.jsonl')).toBe(1);
  expect(await code('leaky.jsonl', 'gone')).toBe(2);
  expect(await code('gone', 'leaky.jsonl')).toBe(2);
});

test.each([
  [['--fail-on', 'low', 'a'], 'inspect: --fail-on takes one value: high.\n'],
  [['--fail-on'], /^inspect: .*--fail-on.*\n$/],
  [['--fast', 'a'], "inspect: Unknown option '--fast'.\n"],
  [[], 'inspect: Name the files to inspect; --help says more.\n'],
])('wrong flags %s: a sentence, exit 2, and nothing is inspected', async (args, sentence) => {
  const { code, stdout, stderr } = await inspect({ a: clean }, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
});

test('--help says what it takes and what its exit codes mean', async () => {
  const { code, stdout } = await inspect({}, '--help');
  expect(code).toBe(0);
  for (const words of [
    'npm run inspect -- [flags] FILE...',
    '--fail-on high',
    'Exit codes: 0',
    '2 a file could not be read',
  ]) {
    expect(stdout).toContain(words);
  }
});

test('no secret and nothing that was said is in what it prints, wherever in a session it stands', async () => {
  const words = `marker-word ${fakeToken} marker-word`;
  const named = { tool: `mcp__${fakeToken}`, model: fakeToken, session: fakeToken, version: fakeToken };
  const files = {
    'said.jsonl': claudeSession({ prompt: words, words }),
    'named.jsonl': claudeSession({ ...named, words }),
    'broken.jsonl': `${clean}{"type":"user" "${words}"\n`,
    'openagentsessions.json': `{"license": "${words}"`,
  };
  const { stdout, stderr, lines } = await inspect(files, ...Object.keys(files), 'gone.jsonl');
  expect(stderr).toContain('is not taken as a declaration');
  expect(lines.slice(0, 3).every(({ findings }) => findings.length > 0)).toBe(true);
  expect(stdout + stderr).not.toContain(fakeToken.slice(4, 12));
  expect(stdout + stderr).not.toContain('marker-word');
});

test('a finding declared false in an openagentsessions.json among the files is marked, and fails nothing', async () => {
  const [first] = (await inspectHere({ 'a.jsonl': leaky }, 'a.jsonl')).lines;
  const false_positives = first?.findings.map(({ fingerprint }) => fingerprint);
  expect(false_positives).toHaveLength(1);
  const files = {
    'a.jsonl': leaky,
    'edited.jsonl': `${leaky}\n`,
    'openagentsessions.json': JSON.stringify({ schema_version: '1.0.0', false_positives }),
    'other/openagentsessions.json': '{"schema_version":"1.0.0"}',
  };
  const marked = await inspect(files, '--fail-on', 'high', 'a.jsonl', 'openagentsessions.json');
  expect(marked.code).toBe(0);
  expect(marked.lines[0]).toMatchObject({ findings: [{ severity: 'high', declared_false: true }] });

  const declared = ['other/openagentsessions.json', 'openagentsessions.json'];
  expect((await inspectHere(files, 'a.jsonl', ...declared)).code).toBe(0);
  expect((await inspectHere(files, 'a.jsonl')).code).toBe(1);
  const edited = await inspectHere(files, 'edited.jsonl', ...declared);
  expect(edited).toMatchObject({ code: 1, lines: [{ findings: [{ declared_false: false }] }, {}, {}] });
});

test('an openagentsessions.json that is not valid declares nothing, and says why', async () => {
  const files = { 'a.jsonl': clean, 'openagentsessions.json': '{' };
  const { code, complaints, lines } = await inspectHere(files, 'a.jsonl', 'openagentsessions.json');
  expect({ code, lines: lines.length }).toEqual({ code: 0, lines: 2 });
  expect(complaints).toEqual(['openagentsessions.json is not taken as a declaration. It is not valid JSON.']);
  expect(lines).toMatchObject([
    { contradictions: [] },
    { declared: null, declaration_problem: 'It is not valid JSON.' },
  ]);
});

test('what the declaration in its folder says otherwise is told of a file, as a preview would tell it', async () => {
  const session = { agent: 'Codex', topic: `Push with ${fakeToken}` };
  const files = {
    'a/s.jsonl': clean,
    'a/openagentsessions.json': JSON.stringify({ schema_version: '1.0.0', session, redaction_done: false }),
    'b/openagentsessions.json': '{"schema_version":"1.0.0"}',
  };
  const { lines } = await inspectHere(
    files,
    'b/openagentsessions.json',
    'a/openagentsessions.json',
    'a/s.jsonl',
  );
  expect(lines[2]?.contradictions).toEqual([
    { field: 'agent', declared: 'Codex', found: 'claude-code' },
    { field: 'redaction_done', declared: 'no', found: 'yes, in the statement' },
  ]);
  expect(lines[1]).toMatchObject({ declared: { session: { agent: 'Codex' } }, declaration_problem: null });
  expect(lines[2]).not.toHaveProperty('declared');
  expect(JSON.stringify(lines)).not.toContain(fakeToken.slice(4, 14));
});

test('of a file that is still being written, what was there is read', async () => {
  const path = join(folderOf({ 'a.jsonl': clean }), 'a.jsonl');
  const { source, size, close } = await openFile(path);
  truncateSync(path, 2 * size);
  let bytes = 0;
  for await (const chunk of source) bytes += chunk.byteLength;
  await close();
  expect([bytes, size]).toEqual([Buffer.byteLength(clean), Buffer.byteLength(clean)]);
});
