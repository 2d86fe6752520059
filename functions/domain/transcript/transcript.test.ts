import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from './testing.ts';

const turn = (n: number, role = 'user') => ({
  type: role,
  sessionId: 'made-up',
  uuid: `u${n}`,
  parentUuid: null,
  isSidechain: false,
  timestamp: `2026-01-01T00:00:${String(n % 60).padStart(2, '0')}.000Z`,
  message: { role, content: `said ${n}` },
});
const trajectory = {
  schema_version: 'ATIF-v1.6',
  session_id: 's',
  agent: { name: 'pi', version: '1' },
  steps: [
    { step_id: 1, source: 'user', message: 'a' },
    { step_id: 2, source: 'agent', message: 'b' },
  ],
};
const session = jsonLines(turn(1), turn(2, 'assistant'), turn(3));

describe('JSON lines', () => {
  test('are read with their line numbers', () => {
    const { summary, problems, events } = readText(session);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ agent: 'claude-code', userMessages: 2, truncated: false });
    expect(events.filter(({ kind }) => kind === 'message').map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  test('with CRLF, a byte-order mark, blank lines and no last line end are the same', () => {
    const told = readText(session).summary;
    expect(readText(session.replaceAll('\n', '\r\n')).summary).toEqual(told);
    expect(readText(`\ufeff${session}`).summary).toEqual(told);
    expect(readText(`\n\n${session.replaceAll('\n', '\n\n')}`).summary).toEqual(told);
    expect(readText(session.trimEnd()).summary).toEqual(told);
  });

  test('two objects on a line are both read', () => {
    const { summary, problems } = readText(session.replace('\n', ''));
    expect(summary).toMatchObject({ userMessages: 2, assistantMessages: 1 });
    expect(problems).toEqual([]);
  });

  test('a line that is not JSON is left out and told', () => {
    const lines = session.split('\n');
    lines.splice(1, 0, '{not json}', 'words');
    const { summary, problems } = readText(lines.join('\n'));
    expect(summary).toMatchObject({ userMessages: 2, truncated: false });
    expect(problems).toEqual([{ code: 'invalid_line', line: 2, count: 2 }]);
  });

  test('a last line that was cut off is told', () => {
    const { summary, problems } = readText(session.slice(0, -20));
    expect(summary).toMatchObject({ userMessages: 1, truncated: true });
    expect(problems.map(({ code }) => code)).toEqual(['invalid_line', 'cut_off']);
  });

  test('a long session is read to its end', () => {
    const turns = Array.from({ length: 500 }, (_, index) => turn(index));
    expect(readText(jsonLines(...turns)).summary?.userMessages).toBe(500);
  });

  test('that begin with the titles of many others are a session all the same', () => {
    const titles = Array.from({ length: 60 }, (_, n) => ({
      type: 'summary',
      summary: 'x',
      leafUuid: `${n}`,
    }));
    const { summary, events } = readText(jsonLines(...titles, turn(1)) + session);
    expect(summary?.userMessages).toBe(2);
    expect(events.find(({ kind }) => kind === 'message')?.line).toBe(61);
  });

  test('a first line of more than a million characters holds nothing up', () => {
    const picture = { ...turn(9), message: { role: 'user', content: 'x'.repeat(1_100_000) } };
    expect(readText(jsonLines(picture) + session).summary?.userMessages).toBe(3);
    expect(readText(jsonLines({ picture }) + session).summary?.userMessages).toBe(2);
  });

  test('one line alone, or an array of them, is the same session', () => {
    expect(readText(jsonLines(turn(1))).summary?.userMessages).toBe(1);
    expect(readText(JSON.stringify([turn(1), turn(2)], null, 2)).summary?.userMessages).toBe(2);
  });

  test('an array with an element a line loses neither its first nor its last', () => {
    const array = JSON.stringify([turn(1), turn(2), turn(3)]).replaceAll('},{"type"', '},\n{"type"');
    expect(array.split('\n')).toHaveLength(3);
    expect(readText(array).summary?.userMessages).toBe(3);
  });

  test('below what a shell has printed are a session', () => {
    expect(readText(`$ cat made-up.jsonl\n${session}`).summary?.userMessages).toBe(2);
  });
});

describe('a document', () => {
  test('is read over many lines, and after a notice in front', () => {
    const { summary, problems } = readText(JSON.stringify(trajectory, null, 2));
    expect(summary).toMatchObject({ format: 'atif', agent: 'pi', assistantMessages: 1, truncated: false });
    expect(problems).toEqual([]);
    expect(readText(`Exporting session: ses_1\n${JSON.stringify(trajectory, null, 2)}`).summary?.format).toBe(
      'atif',
    );
  });

  test('is read below what other programs have printed', () => {
    const printed = 'npm warn deprecated made-up@1.0.0\n[INFO] exporting\n\n';
    const { summary, problems } = readText(printed + JSON.stringify(trajectory, null, 2));
    expect(summary).toMatchObject({ format: 'atif', assistantMessages: 1 });
    expect(problems).toEqual([]);
  });

  test('is read although it is one long line', () => {
    const long = { info: { id: 'ses_1' }, messages: [], filler: 'x'.repeat(1_100_000) };
    for (const text of [JSON.stringify(long), jsonLines(long)]) {
      expect(readText(text).summary?.format).toBe('opencode');
    }
    const array = [turn(1), turn(2, 'assistant'), { ...turn(3), filler: long.filler }];
    expect(readText(JSON.stringify(array)).summary?.userMessages).toBe(2);
  });

  test('may be one of several, in an array or a line each', () => {
    const one = (id: string) => ({ info: { id: `ses_${id}` }, messages: [] });
    for (const text of [JSON.stringify([one('a'), one('b')]), jsonLines(one('a'), one('b'))]) {
      expect(readText(text).summary?.sessionIds).toEqual(['ses_a', 'ses_b']);
    }
  });

  test('that was cut off is read as far as it goes', () => {
    const text = JSON.stringify(trajectory, null, 2);
    const { summary, problems } = readText(text.slice(0, text.indexOf('"source": "agent"')));
    expect(summary).toMatchObject({ format: 'atif', userMessages: 1, truncated: true });
    expect(problems).toEqual([{ code: 'cut_off', line: 1, count: 1 }]);
  });

  test('with words behind it is read, and that is told', () => {
    const { summary, problems } = readText(`${JSON.stringify(trajectory, null, 2)}\nDone.\n`);
    expect(summary?.format).toBe('atif');
    expect(problems.map(({ code }) => code)).toEqual(['invalid_line']);
  });
});

describe('what is no session', () => {
  test.each([
    ['nothing', '', ['empty']],
    ['blank lines', '\n \n\n', []],
    ['prose', 'Once upon a time.\n'.repeat(50), []],
    ['a number', '42', []],
    ['other JSON', '{"name":"x","version":"1.0.0"}', []],
    ['a picture', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', ['binary']],
    ['bytes that are no text', '\ufffd\ufffd\ufffd\ufffdJFIF\ufffd', ['binary', 'invalid_utf8']],
  ])('%s', (_, text, codes) => {
    const { summary, problems, events } = readText(text);
    expect(summary).toBeNull();
    expect(events).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  test.each([
    ['a fence', ['# Notes', 'A session:', '```json', session, '```']],
    ['an indented block', ['Notes', '', ...session.split('\n').map((line) => `    ${line}`)]],
    ['a diff', ['@@ -1,3 +1,3 @@', ...session.split('\n').map((line) => ` ${line}`)]],
    ['a listing', ['= Notes', '[source,json]', '----', session, '----']],
    ['a page', ['<html><body><pre>', session, '</pre></body></html>']],
    ['a program', ['const lines = `', session, '`;']],
    ['an array of a program', ['rows = [', session.replaceAll('\n', ',\n'), ']']],
    ['a here-document', ["cat > a.jsonl <<'EOF'", session, 'EOF']],
  ])('a session quoted in %s', (_, lines) => {
    expect(readText(lines.join('\n')).summary).toBeNull();
  });

  test('a document with words above and below', () => {
    const { summary, problems } = readText(
      `See:\n\n${JSON.stringify(trajectory, null, 2)}\n\nThat is all.\n`,
    );
    expect(summary).toBeNull();
    expect(problems).toEqual([]);
  });

  test('a program that begins a line with a bracket is not told to be broken JSON', () => {
    expect(readText('void main()\n{\n  run();\n}\n').problems).toEqual([]);
  });

  test('coloured terminal text is not taken for binary', () => {
    expect(readText('\u001b[1mbold\u001b[0m and plain\n'.repeat(20)).problems).toEqual([]);
  });
});

test('bytes that were not UTF-8 are told, and the rest is read', () => {
  const { summary, problems } = readText(session.replace('said 1', 'said \ufffd'));
  expect(summary?.userMessages).toBe(2);
  expect(problems).toEqual([{ code: 'invalid_utf8', line: 1, count: 1 }]);
});

test('a line over the limit is left out and told', () => {
  const { summary, problems } = readText(`${session}"${'x'.repeat(32_000_001)}"\n${jsonLines(turn(4))}`);
  expect(summary?.userMessages).toBe(3);
  expect(problems).toEqual([{ code: 'line_too_long', line: 4, count: 1 }]);
});

test('a document over the limit is told, not read', () => {
  const text = JSON.stringify({ ...trajectory, filler: Array(40).fill('x'.repeat(1_000_000)) }, null, 1);
  const { summary, problems } = readText(text);
  expect(summary).toBeNull();
  expect(problems).toEqual([{ code: 'document_too_long', line: 1, count: 1 }]);
});

test('a file of little but broken lines is read no further than the first ten thousand', () => {
  const turn = {
    sessionId: 's',
    parentUuid: null,
    isSidechain: false,
    type: 'user',
    message: { content: 'x' },
  };
  const good = jsonLines(...Array.from({ length: 20 }, (_, i) => ({ ...turn, uuid: `u${i}` })));
  const { summary, problems } = readText(
    good + '{x}\n'.repeat(10_050) + jsonLines({ ...turn, uuid: 'last' }),
  );
  expect(summary?.userMessages).toBe(20);
  expect(problems).toContainEqual({ code: 'mostly_invalid', line: 10_021, count: 1 });
});
