import { noLink } from '../copy/current.ts';
import { atWork } from '../copy/lock.ts';
import { count } from '../copy/words.ts';
import { snapshotFolder } from '../export/output-folder.ts';
import { setBackWords } from '../fetch/set-back.ts';
import type { JobResult } from '../job.ts';
import type { Outcome } from './run.ts';

/** Tells what was pulled: lines for people, a summary for programs, or why nothing was. */
export function report(outcome: Outcome, copy: string, place: string): JobResult {
  switch (outcome.kind) {
    case 'busy':
      return refused(atWork(copy));
    case 'no_copy':
      return refused(
        `${copy} is no copy, and has ${outcome.names.join(', ')}, which would be written over. Choose another folder.`,
      );
    case 'latest_is_no_link':
      return refused(noLink(copy));
    case 'older':
      return refused(
        `${setBackWords(outcome, place)} Somebody may be keeping newer ones from you. If latest is to be set back, run this again with --allow-older.`,
      );
    case 'too_old':
      return refused(
        `The newest snapshot at ${place} was made at ${outcome.generatedAt}, more than ${outcome.maxAgeDays} days ago. Its publisher rests, or somebody is keeping newer ones from you. Look at the index's page; if it is to be used all the same, run this again with a larger --max-age.`,
      );
    case 'from_future':
      return refused(
        `The newest snapshot at ${place} was made at ${outcome.generatedAt}, which is still to come. Check this machine's clock; if it is right, ask who publishes there.`,
      );
    case 'withdrawn':
      return refused(
        `Snapshot ${outcome.id}, the newest at ${place}, was withdrawn${outcome.reason && ` (${outcome.reason})`}. Nothing was fetched; run this again when there is a newer one.`,
      );
    case 'pulled':
    case 'turned':
    case 'nothing': {
      const { manifest, removals, recheckedAt } = outcome;
      const sessions = count(manifest.record_count, 'session', 'sessions');
      const folder = snapshotFolder(copy, manifest.snapshot_id);
      return {
        ok: true,
        lines: [
          outcome.kind === 'pulled'
            ? `Pulled snapshot ${manifest.snapshot_id} from ${place}: ${sessions}, every byte as its manifest says.`
            : `Snapshot ${manifest.snapshot_id} is here already, whole: ${sessions}.`,
          removals === 1
            ? `1 departure so far is in ${copy}/removed.ndjson.`
            : `${count(removals, 'departure', 'departures')} so far are in ${copy}/removed.ndjson.`,
          ...(recheckedAt === null ? [] : [`Gists were last rechecked at ${recheckedAt}.`]),
          `${folder}, where latest leads`,
        ],
        summary: {
          pulled: outcome.kind === 'pulled',
          snapshot_id: manifest.snapshot_id,
          generated_at: manifest.generated_at,
          schema_version: manifest.schema_version,
          record_count: manifest.record_count,
          removals,
          rechecked_at: recheckedAt,
          folder,
          place,
        },
      };
    }
  }
}

function refused(sentence: string): JobResult {
  return { ok: false, sentence };
}
