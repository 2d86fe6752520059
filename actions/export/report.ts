import type { JobResult } from '../job.ts';
import { snapshotFolder } from './output-folder.ts';
import type { Outcome } from './run.ts';

/** Tells what an export did: lines for people, a summary for programs, or why it would not. */
export function report(outcome: Outcome, output: string, seconds: number): JobResult {
  switch (outcome.kind) {
    case 'exported': {
      const { manifest } = outcome;
      const changes = Object.entries(manifest.changes).map(([kind, count]) => `${count} ${kind}`);
      const since = manifest.previous_snapshot === null ? '' : ` since ${manifest.previous_snapshot}`;
      return {
        ok: true,
        lines: [
          `Sessions listed: ${manifest.record_count}`,
          `Changes${since}: ${changes.join(', ') || 'none'}`,
          `Written to ${snapshotFolder(output, manifest.snapshot_id)}, where latest leads now, in ${seconds.toFixed(1)} s`,
        ],
        summary: {
          exported: true,
          snapshot_id: manifest.snapshot_id,
          previous_snapshot: manifest.previous_snapshot,
          record_count: manifest.record_count,
          changes: manifest.changes,
          log_seq: manifest.log_seq,
          folder: snapshotFolder(output, manifest.snapshot_id),
          seconds,
        },
      };
    }
    case 'unchanged':
      return {
        ok: true,
        lines: [`Nothing changed since ${outcome.id}.`, ...latestLine[outcome.latest](output)],
        summary: { exported: false, snapshot_id: outcome.id, latest: outcome.latest, seconds },
      };
    case 'busy':
      return { ok: false, sentence: busySentences[outcome.what](output) };
    case 'latest_is_no_link':
      return {
        ok: false,
        sentence: `${output}/latest is not a link made by an export, and is left alone. Move it elsewhere, then run this again.`,
      };
    case 'shrunk':
      return {
        ok: false,
        sentence: `The index lists ${outcome.now} sessions, an earlier snapshot ${outcome.before}: more than 20% are gone. If that is right, run this again with --force.`,
      };
  }
}

const latestLine = {
  kept: () => [],
  restored: (output: string) => [`${output}/latest leads to it again.`],
  files_not_here: (output: string) => [
    `It is published; its files are not whole in ${output}, which changes nothing.`,
  ],
};

const busySentences = {
  folder: (output: string) =>
    `Another export is writing to ${output}. Wait until it has ended, then run this again.`,
  database: () =>
    'Another job is exporting, publishing or releasing. Wait until it has ended, then run this again.',
};
