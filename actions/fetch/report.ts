import { snapshotFolder } from '../export/output-folder.ts';
import type { JobResult } from '../job.ts';
import type { Outcome } from './run.ts';
import { setBackWords } from './set-back.ts';

/** Tells what was fetched: lines for people, a summary for programs, or why nothing was. */
export function report(outcome: Outcome, output: string, place: string): JobResult {
  switch (outcome.kind) {
    case 'busy':
      return {
        ok: false,
        sentence: `Another job is working in ${output}. Wait until it has ended, then run this again.`,
      };
    case 'latest_is_no_link':
      return {
        ok: false,
        sentence: `${output}/latest is not a link made by an export, and is left alone. Move it elsewhere, then run this again.`,
      };
    case 'older':
      return {
        ok: false,
        sentence: `${setBackWords(outcome, place)} If latest is to be set back, run this again with --force.`,
      };
    case 'fetched':
    case 'turned':
    case 'nothing': {
      const { manifest } = outcome;
      const folder = snapshotFolder(output, manifest.snapshot_id);
      return {
        ok: true,
        lines: [
          outcome.kind === 'fetched'
            ? `Fetched snapshot ${manifest.snapshot_id} from ${place}: ${manifest.record_count} sessions.`
            : `Snapshot ${manifest.snapshot_id} is here already, whole.`,
          `${folder}, where latest leads`,
        ],
        summary: {
          fetched: outcome.kind === 'fetched',
          snapshot_id: manifest.snapshot_id,
          record_count: manifest.record_count,
          folder,
          place,
        },
      };
    }
  }
}
