import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, publish, put, removalOf, rowOf } from './testing.ts';
import type { Attack } from './testing-world.ts';

/** On the departures, so that what left seems to be listed. */
export const removalAttacks: readonly Attack[] = [
  {
    attack: 'the hourly removals are cut',
    check: 'the snapshot’s own removals, of which they are the beginning',
    words: /latest\/removed\.ndjson ends before the departures that the snapshot has/,
    mount: ({ published }) => put(join(published, 'latest/removed.ndjson'), linesOf([removalOf(9, 4)])),
  },
  {
    attack: 'the hourly removals are cut within a line',
    check: 'the last line’s end',
    words: /The last line of http.+latest\/removed\.ndjson is cut off/,
    mount: ({ published }) => appendFileSync(join(published, 'latest/removed.ndjson'), '{"seq":7'),
  },
  {
    attack: 'the hourly removals are cut to what the snapshot has, though the copy has more',
    check: 'the copy’s removals, byte for byte',
    words: /latest\/removed\.ndjson ends before the departures that this copy has/,
    mount: ({ copy }) =>
      put(join(copy, 'removed.ndjson'), linesOf([removalOf(9, 4), removalOf(8, 6), removalOf(1, 7)])),
  },
  {
    attack: 'the hourly removals are rewritten',
    check: 'the snapshot’s own removals, byte for byte',
    words: /latest\/removed\.ndjson has other lines than the departures that the snapshot has/,
    mount: ({ published }) =>
      put(join(published, 'latest/removed.ndjson'), linesOf([removalOf(7, 4), removalOf(8, 6)])),
  },
  {
    attack: 'all removals are rewritten, in the snapshot too',
    check: 'the copy’s removals, byte for byte',
    words: /latest\/removed\.ndjson has other lines than the departures that this copy has/,
    mount: ({ published }) =>
      publish(published, {
        at: new Date('2026-03-02T01:00:00Z'),
        logSeq: 7,
        rows: [rowOf(1)],
        removed: [removalOf(7, 4), removalOf(8, 6)],
      }),
  },
  {
    attack: 'hourly removals that are out of order',
    check: 'seq, which grows',
    words: /Line 3 of http.+latest\/removed\.ndjson is not in the order of the log/,
    mount: ({ published }) =>
      appendFileSync(join(published, 'latest/removed.ndjson'), linesOf([removalOf(1, 5)])),
  },
  {
    attack: 'hourly removals that are something else',
    check: 'the shape of each line',
    words: /Line 3 of http.+latest\/removed\.ndjson is not as a dataset's lines are \(seq, kind/,
    mount: ({ published }) => appendFileSync(join(published, 'latest/removed.ndjson'), '{"record_id":"a"}\n'),
  },
  {
    attack: 'hourly removals without an end of line',
    check: 'the limit of 4 MiB a line',
    words: /Line 3 of http.+latest\/removed\.ndjson is longer than any can be/,
    mount: ({ published }) => appendFileSync(join(published, 'latest/removed.ndjson'), 'x'.repeat(6e6)),
  },
];
