import { expect, test } from 'vitest';
import { contributors } from './contributors.ts';
import { exampleRow } from './example-rows.ts';

test('a renamed owner stays one contributor, under the login listed last', () => {
  const before = exampleRow({ gist_id: '1', gist_owner_login: 'ada', seq: 2, total_bytes: 100 });
  const after = exampleRow({ gist_id: '2', gist_owner_login: 'ada-l', seq: 8, total_bytes: 20 });
  const [owner, ...others] = contributors([before, after]).values();
  expect(others).toEqual([]);
  expect(owner).toEqual({ id: '4000000001', login: 'ada-l', rows: [before, after], totalBytes: 120 });
});

test('a login taken over by another account is another contributor', () => {
  const first = exampleRow({ gist_owner_id: '1' });
  const second = exampleRow({ gist_owner_id: '2' });
  expect([...contributors([first, second]).keys()]).toEqual(['1', '2']);
});
