import { entriesOf } from '../copy/entries.ts';
import { type CopyLock, takeCopyLock } from '../copy/lock.ts';

/** Every lock of a copy at once, those of shards that ran there too; undefined while somebody is at work. */
export async function takeAllLocks(copy: string): Promise<CopyLock | undefined> {
  const shards = entriesOf(copy, '.')
    .map(({ name }) => name)
    .filter((name) => /^\.lock-/.test(name));
  const taken: CopyLock[] = [];
  const release = async () => {
    for (const lock of taken) await lock.release();
  };
  for (const name of ['.lock', ...shards]) {
    const lock = await takeCopyLock(copy, name);
    if (lock === undefined) {
      await release();
      return undefined;
    }
    taken.push(lock);
  }
  return { lost: AbortSignal.any(taken.map(({ lost }) => lost)), release };
}
