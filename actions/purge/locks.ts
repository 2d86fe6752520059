import { entriesOf } from '../copy/entries.ts';
import { type CopyLock, purgeLock, takeCopyLock } from '../copy/lock.ts';

/**
 * Every lock of a copy at once, those of shards that ran there too; undefined while somebody is at work. A shard that never
 * ran there sees that a purge is: its lock is taken before the shards are looked for, and a shard takes its own before it looks.
 */
export async function takeAllLocks(copy: string): Promise<CopyLock | undefined> {
  const taken: CopyLock[] = [];
  const release = async () => {
    for (const lock of taken) await lock.release();
  };
  const takeAll = async (names: readonly string[]): Promise<boolean> => {
    for (const name of names) {
      const lock = await takeCopyLock(copy, name);
      if (lock === undefined) return false;
      taken.push(lock);
    }
    return true;
  };
  const isFree = (await takeAll([purgeLock, '.lock'])) && (await takeAll(shardLocks(copy)));
  if (!isFree) {
    await release();
    return undefined;
  }
  return { lost: AbortSignal.any(taken.map(({ lost }) => lost)), release };
}

function shardLocks(copy: string): string[] {
  return entriesOf(copy, '.')
    .map(({ name }) => name)
    .filter((name) => /^\.lock-\d+-of-\d+$/.test(name));
}
