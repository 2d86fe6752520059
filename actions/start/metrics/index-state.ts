import type { Vitals } from '#domain/vitals.ts';
import type { Database } from '#sql/db.ts';
import { readVitals } from '#sql/queries/vitals.ts';
import type { Family } from './exposition.ts';

/** How the index does and whether the database answers. Asked for more often than every 30 s, it is the same. */
export function measureIndex(database: Database) {
  let kept: { until: number; families: Promise<Family[]> } | null = null;
  return (): Promise<Family[]> => {
    if (kept === null || performance.now() >= kept.until) {
      kept = { until: performance.now() + 30_000, families: read(database) };
    }
    return kept.families;
  };
}

async function read(database: Database): Promise<Family[]> {
  // Whatever the reason: what is measured is that it gives no answer.
  const vitals = await readVitals(database).catch(() => null);
  const up: Family = {
    name: 'database_up',
    type: 'gauge',
    help: '1 when the database answered, else 0.',
    samples: [{ value: vitals === null ? 0 : 1 }],
  };
  return vitals === null ? [up] : [up, ...familiesOf(vitals)];
}

function familiesOf(vitals: Vitals): Family[] {
  const time = (name: string, help: string, at: Date | null | undefined): Family => ({
    name: `index_${name}_timestamp_seconds`,
    type: 'gauge',
    help: `${help}, in Unix time; not there where there is none.`,
    samples: at ? [{ value: at.getTime() / 1000 }] : [],
  });
  const count = (name: string, help: string, value: number): Family => ({
    name: `index_${name}`,
    type: 'gauge',
    help,
    samples: [{ value }],
  });
  return [
    time('rechecked', 'When the last recheck that did its work ended', vitals.recheckedAt),
    time('snapshot_published', 'When the newest snapshot was published', vitals.snapshot?.publishedAt),
    time(
      'unpublished_since',
      'The first change that no published snapshot tells of',
      vitals.unpublishedSince,
    ),
    time(
      'waiting_since',
      'Since when the submission that waits longest waits for a moderator',
      vitals.waitingSince,
    ),
    time('backed_up', 'When the newest backup was made', vitals.backedUpAt),
    count(
      'waiting',
      'Submissions that wait for a moderator; at most 1000 of a kind are counted.',
      vitals.waiting,
    ),
    count('listed', 'Rows of the newest published snapshot.', vitals.listed),
  ];
}
