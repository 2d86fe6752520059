import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { standinIdsFrom } from '#domain/environment.ts';
import { gistIdOfNodeId, standinAccountId, standinGistId, standinNodeId } from './ids.ts';

it('derives the gist id from the folder, as documented', () => {
  const hash = createHash('sha256').update('ada/first').digest('hex');
  expect(standinGistId('ada', 'first')).toBe(hash.slice(0, 32));
});

it('gives one account one id, whatever the letter case, beyond the ids of GitHub', () => {
  expect(standinAccountId('Ada')).toBe(standinAccountId('ada'));
  expect(standinAccountId('ada')).not.toBe(standinAccountId('bo'));
  for (const login of ['ada', 'bo', 'moderator']) {
    expect(standinAccountId(login)).toBeGreaterThanOrEqual(standinIdsFrom);
    expect(Number.isSafeInteger(standinAccountId(login))).toBe(true);
  }
});

it('reads the gist id back from its node id, and from nothing else', () => {
  const id = standinGistId('ada', 'first');
  expect(gistIdOfNodeId(standinNodeId('ada', id))).toBe(id);
  for (const other of ['', 'G_', 'MDQ6R2lzdDE=', standinNodeId('ada', id).slice(0, -4)]) {
    expect(gistIdOfNodeId(other)).toBeUndefined();
  }
});
