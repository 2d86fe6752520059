import { recordId } from '#domain/record-id.ts';
import type { Database } from './db.ts';
import { lockLog, moveLogHead, takeAccounts, takeLines, takeRows } from './queries/take-over.ts';

interface Left {
  gistId: string;
  owner: { id: string; login: string };
  title?: string;
  /** Where it stood on the earlier site. */
  state?: 'pending' | 'approved' | 'rejected' | 'removed';
}

const revision = 'e'.repeat(40);
const before = new Date('2026-03-01T12:00:00Z');

/** Puts a row into the index as taking it over from the earlier site leaves it: submitted in March, then decided about. */
export async function leaveUnattested(
  db: Database,
  { gistId, owner, title = 'From before', state = 'approved' }: Left,
): Promise<void> {
  await db.transaction(async (tx) => {
    const seq = await lockLog(tx);
    const keys = await takeAccounts(tx, [{ githubId: owner.id, login: owner.login, since: before }]);
    const accountId = keys.get(owner.id) ?? '';
    const here = state === 'approved' ? 'pending' : state;
    await takeRows(tx, [
      {
        gistId,
        recordId: recordId(gistId),
        accountId,
        ownerId: owner.id,
        ownerLogin: owner.login,
        gistUrl: `https://gist.github.com/${owner.login}/${gistId}`,
        title,
        revision,
        gistUpdatedAt: before,
        submittedAt: before,
        verifiedAt: before,
        state: here,
        lastSeq: seq + 3,
      },
    ]);
    const line = { at: before, gistId, accountId: null, revision, reason: null, note: null };
    const decision = (
      { approved: 'approve', rejected: 'reject', removed: 'remove', pending: 'reopen' } as const
    )[state];
    await takeLines(tx, [
      { ...line, seq: seq + 1, accountId, move: 'submit', from: null, to: 'pending' },
      {
        ...line,
        seq: seq + 2,
        move: decision,
        from: 'pending',
        to: state,
        reason: here === state ? 'other' : null,
      },
      { ...line, seq: seq + 3, at: new Date(), move: 'import', from: state, to: here },
    ]);
    await moveLogHead(tx, seq + 3);
  });
}
