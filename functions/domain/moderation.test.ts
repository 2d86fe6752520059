import { expect, test } from 'vitest';
import { mayDecide } from './moderation.ts';

const owner = 'owner';
const ada = 'ada';
const ben = 'ben';

test.each([
  ['a gist of somebody else', ada, null, [ada], 'may'],
  ['their own gist, beside another moderator', owner, null, [owner, ada], 'own_submission'],
  ['their own gist, alone', owner, null, [owner], 'may'],
  ['the answer to their own rejection, beside another moderator', ada, ada, [ada, ben], 'own_decision'],
  ['the answer to somebody else’s rejection', ben, ada, [ada, ben], 'may'],
  ['the answer to their own rejection, alone', ada, ada, [ada], 'may'],
  ['the answer to their own rejection, beside the owner alone', ada, ada, [ada, owner], 'may'],
  [
    'the answer to their own rejection, beside the owner and another',
    ada,
    ada,
    [ada, owner, ben],
    'own_decision',
  ],
  ['the answer to the rejection of one who is no moderator any more', ada, ben, [ada], 'may'],
  ['the answer to an erased account’s rejection', ada, null, [ada, ben], 'may'],
  ['their own answer to their own rejection, beside another', owner, owner, [owner, ada], 'own_submission'],
  ['their own answer to their own rejection, alone', owner, owner, [owner], 'may'],
])('who decides about %s', (_, githubId, rejectedBy, moderators, outcome) => {
  const may = mayDecide({ githubId }, { ownerId: owner, rejectedBy }, new Set(moderators));
  expect(may.ok ? 'may' : may.code).toBe(outcome);
});

test('of any row there is a moderator who may decide, whoever rejected it', () => {
  for (const moderators of [[ada], [owner], [ada, owner], [ada, ben], [ada, ben, owner]]) {
    for (const rejectedBy of [null, ada, ben, owner]) {
      const able = moderators.filter(
        (githubId) => mayDecide({ githubId }, { ownerId: owner, rejectedBy }, new Set(moderators)).ok,
      );
      expect(able).not.toEqual([]);
    }
  }
});
