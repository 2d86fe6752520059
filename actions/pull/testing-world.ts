import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder, publish, pullFrom, removalOf, rowOf, serve } from './testing.ts';

/** A copy of the first snapshot, and the second published. */
export async function twoSnapshots() {
  const folder = emptyFolder();
  const [published, copy] = [join(folder, 'published'), join(folder, 'copy')];
  const web = await serve(published);
  const rows = [rowOf(1), rowOf(2), rowOf(3)];
  const removed = [removalOf(9, 4)];
  const at = new Date('2026-03-01T00:00:00Z');
  const first = await publish(published, { at, logSeq: 4, rows, removed });
  await cp(published, join(folder, 'earlier'), { recursive: true });
  const pulled = await pullFrom(web.place, copy);
  if (!pulled.ok) throw new Error(pulled.words);
  const second = await publish(published, {
    at: new Date('2026-03-02T00:00:00Z'),
    logSeq: 6,
    rows: [rowOf(5), ...rows],
    removed: [...removed, removalOf(8, 6)],
  });
  const at2 = (name: string) => join(published, 'snapshots', second, name);
  return { folder, published, earlier: join(folder, 'earlier'), copy, first, second, at2, ...web };
}
export type World = Awaited<ReturnType<typeof twoSnapshots>>;

/** Something that somebody between the index and a trainer may try. */
export interface Attack {
  attack: string;
  /** What finds it out. */
  check: string;
  /** What somebody reads. */
  words: RegExp;
  mount(world: World): unknown;
  /** The day it is; the second snapshot's, where it does not matter. */
  now?: Date;
}
