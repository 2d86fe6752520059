import { contributors, moderators, readers, someGist, type Town } from './people.ts';

const reasons = [
  'not_a_session',
  'secret',
  'personal_data',
  'licence',
  'duplicate',
  'spam',
  'low_quality',
  'other',
];

interface Waiting {
  gist_id: string;
  revision: string;
  state: string;
}

async function queue(town: Town, moderator: string): Promise<Waiting[]> {
  const answer = await town.people.ask(moderator, (visitor) => visitor.get('/api/moderation/queue'));
  return answer?.status === 200 ? (answer.body.items as Waiting[]) : [];
}

/** A moderator works through a part of the queue. */
export async function moderate(town: Town): Promise<void> {
  const moderator = town.chance.pick(moderators) ?? '';
  for (const row of await queue(town, moderator)) {
    if (!town.chance.happens(0.6)) continue;
    if (row.state === 'quarantined') {
      if (town.chance.happens(0.4))
        await decide(town, moderator, row, town.chance.happens(0.8) ? 'clear' : 'remove');
    } else await decide(town, moderator, row, town.chance.happens(0.8) ? 'approve' : 'reject');
  }
}

async function decide(town: Town, moderator: string, row: Waiting, decision: string): Promise<void> {
  const { chance, people, diary } = town;
  const needsReason = decision === 'reject' || decision === 'remove';
  const reason = needsReason ? (chance.pick(reasons) ?? 'other') : null;
  const { gist_id, revision } = row;
  const answer = await people.ask(moderator, (visitor) =>
    visitor.decide(gist_id, { decision, revision, reason }),
  );
  if (answer?.status !== 200) return;
  if (decision === 'approve') diary.write({ what: 'approved', gist_id, revision });
  else if (decision === 'clear') diary.write({ what: 'cleared', gist_id });
  else if (decision === 'reopen') diary.write({ what: 'reopened', gist_id });
  else diary.write({ what: decision === 'reject' ? 'rejected' : 'removed', gist_id, reason: reason ?? '' });
}

/** A moderator takes a row out, or lets one in again. */
export async function reconsider(town: Town): Promise<void> {
  const gist = someGist(town, () => true);
  const moderator = town.chance.pick(moderators) ?? '';
  if (!gist) return;
  const shown = await town.people.ask(moderator, (visitor) => visitor.get(`/api/moderation/${gist.id}`));
  if (shown?.status !== 200) return;
  const row = { gist_id: gist.id, revision: String(shown.body.revision), state: String(shown.body.state) };
  await decide(town, moderator, row, row.state === 'removed' ? 'reopen' : 'remove');
}

/** Somebody who reads the index reports a row. */
export async function report(town: Town): Promise<void> {
  const gist = someGist(town, () => true);
  const reader = town.chance.pick([...readers, ...contributors]) ?? '';
  if (!gist) return;
  const reason = town.chance.pick(reasons) ?? 'other';
  const answer = await town.people.ask(reader, (visitor) =>
    visitor.post(`/api/submissions/${gist.id}/report`, { reason, text: 'Please look at it.' }),
  );
  if (answer?.status !== 200) return;
  const quarantined = answer.body.quarantined === true;
  town.diary.write({ what: 'reported', gist_id: gist.id, reason, quarantined });
}
