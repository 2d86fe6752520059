import { expect, test } from 'vitest';
import { gistOfLine } from './line-gist.ts';
import { inventedGist, revisionOf } from './testing.ts';

const whose = { gist_id: inventedGist(1), gist_version: revisionOf('first') };
const other = JSON.stringify({ a: 1, gist_id: inventedGist(2), gist_version: revisionOf('second') });
const long = 'x'.repeat(100_000);

/** What somebody may have said in a session, about gists too. */
const said = ['nothing', `${other}\n`, `{${other}`, `\\",${other}`, `${other},"gist_id":"`, '\\', '"', '\\"'];

test.each(said)('whoever is spoken of, a line tells of the gist it is from: %s', (content) => {
  for (const filling of ['', long]) {
    const messages = [{ role: 'user', content: content + filling }];
    for (const record of [
      { ...whose, messages },
      { messages, ...whose, subagent: null },
    ]) {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      expect(gistOfLine(line)).toMatchObject(whose);
      const unsaid = Buffer.from(`${JSON.stringify({ type: 'message', message: messages[0] })}\n`);
      expect(gistOfLine(unsaid)).toBeNull();
    }
  }
});

test('a long line that somebody wrote anew, with spaces, tells of the gist it is from', () => {
  const spaced = (record: object) => Buffer.from(JSON.stringify(record, null, 1).replaceAll(/\n */g, ' '));
  const messages = [{ role: 'user', content: `${other}${long}` }];
  expect(gistOfLine(spaced({ ...whose, messages }))).toMatchObject(whose);
  expect(gistOfLine(spaced({ messages, ...whose }))).toMatchObject(whose);
  expect(gistOfLine(spaced({ messages }))).toBeNull();
});

test.each(['', 'no JSON', '7', 'null', '[]', '{"gist_id":7}', `{"gist_id":"${long}`, `,"gist_id":"${long}"`])(
  'what is no such line tells of nobody: %.20s',
  (text) => {
    expect(gistOfLine(Buffer.from(text))).toBeNull();
  },
);
