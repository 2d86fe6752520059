import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGistAddress } from './gist-address.ts';

const id = 'aa5a315d61ae9438b18d0123456789ab';
const rev = '0123456789012345678901234567890123456789';

test.each([
  [`https://gist.github.com/octocat/${id}`],
  [`https://gist.github.com/${id}`],
  [`http://gist.github.com/octocat/${id}`],
  [`gist.github.com/octocat/${id}`],
  [`https://gist.github.com/octocat/${id}/`],
  [`https://gist.github.com/octocat/${id}.git`],
  [`https://gist.github.com/${id}.git`],
  [`https://gist.github.com/octocat/${id}.js`],
  [`https://gist.github.com/octocat/${id}?permalink_comment_id=1#gistcomment-1`],
  [`https://gist.github.com/octocat/${id}#file-session-jsonl`],
  [`https://gist.github.com/octocat/${id}#file-session-jsonl-L10-L20`],
  [`https://gist.github.com/octocat/${id}/revisions`],
  [`https://gist.github.com/octocat/${id}/raw`],
  [`https://gist.github.com/octocat/${id}/archive/${rev}.zip`],
  [`https://gist.githubusercontent.com/octocat/${id}/raw/${rev}/session.jsonl`],
  [`https://gist.githubusercontent.com/octocat/${id}/raw/session%20one.jsonl`],
  [`https://api.github.com/gists/${id}`],
  [`https://api.github.com/gists/${id}/commits`],
  [`git@gist.github.com:${id}.git`],
  [`ssh://git@gist.github.com/${id}.git`],
  [`git clone https://gist.github.com/${id}.git`],
  [`<script src="https://gist.github.com/octocat/${id}.js"></script>`],
  [`<https://gist.github.com/octocat/${id}>`],
  [`  ${id}\n`],
  [`\u200b${id}`],
  [id.toUpperCase()],
  [`HTTPS://GIST.GITHUB.COM/OctoCat/${id}`],
])('%s names the gist', (address) => {
  expect(parseGistAddress(address)?.gistId).toBe(id);
});

test.each([
  [`https://gist.github.com/octocat/${id}/${rev}`],
  [`https://gist.github.com/${id}/${rev}`],
  [`https://api.github.com/gists/${id}/${rev}`],
])('%s names the revision too', (address) => {
  expect(parseGistAddress(address)).toEqual({ gistId: id, revision: rev });
});

test.each([
  ['9903708', '9903708'],
  ['https://gist.github.com/octocat/9903708', '9903708'],
  ['https://gist.github.com/123/9903708', '9903708'],
  ['https://gist.github.com/9903708', '9903708'],
  ['aa5a315d61ae9438b18d', 'aa5a315d61ae9438b18d'],
])('an older id in %s is understood', (address, expected) => {
  expect(parseGistAddress(address)?.gistId).toBe(expected);
});

test.each([
  [''],
  ['octocat'],
  ['https://github.com/octocat/hello-world'],
  ['https://gist.github.com/octocat'],
  ['https://gist.github.com/'],
  [`https://evil.example/octocat/${id}`],
  [`https://gist.github.com.evil.example/${id}`],
  [`https://gist.github.com@evil.example/${id}`],
  [`javascript:${id}`],
  [`https://gist.github.com/octocat/${id}x`],
  [`https://gist.github.com/%E0%A4%A/${id}`],
  ['z'.repeat(5000)],
])('%s names no gist', (address) => {
  expect(parseGistAddress(address)).toBeNull();
});

test('the stand-in’s addresses are understood only where it is used', () => {
  const raw = `http://127.0.0.1:4399/ada/${id}/raw/${rev}/a.jsonl`;
  expect(parseGistAddress(raw)).toBeNull();
  expect(parseGistAddress(raw, ['127.0.0.1:4399'])?.gistId).toBe(id);
  expect(parseGistAddress(`http://127.0.0.1:4399/gists/${id}`, ['127.0.0.1:4399'])?.gistId).toBe(id);
});

const hexId = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
const login = fc.stringMatching(/^[a-z0-9]{1,20}(?:-[a-z0-9]{1,10})?$/);

test('any login, id, query and fragment lead to the same gist', () => {
  fc.assert(
    fc.property(hexId, login, fc.webQueryParameters(), fc.webFragments(), (gistId, name, query, fragment) => {
      const address = `https://gist.github.com/${name}/${gistId}?${query}#${fragment}`;
      expect(parseGistAddress(address)?.gistId).toBe(gistId);
    }),
  );
});

test('no text makes it throw, or gives an id that is none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'binary' })), (text) => {
      const found = parseGistAddress(text);
      if (found) expect(found.gistId).toMatch(/^(?:[0-9a-f]{20}|[0-9a-f]{32}|\d{1,10})$/);
    }),
  );
});
