import { copyFlags, defaultCopy, named } from './copy-flags.ts';
import { exitsOf } from './exits.ts';
import type { Verb } from './verb.ts';

export const purgeFlags = {
  ...copyFlags,
  apply: { type: 'boolean', description: 'Delete it; without this, only say what would be' },
  removed: {
    type: 'string',
    value: 'FILE',
    description: 'A removed.ndjson besides those in the copy',
  },
  ids: {
    type: 'string',
    value: 'FILE',
    description:
      'Say which of the gist ids in this file have left instead, for a set that was made of the copy',
  },
} as const;

export const purge: Verb<typeof purgeFlags> = {
  name: 'purge',
  summary: 'delete what left the index, from the files and from what was made of them',
  description:
    'Says what in the copy belongs to sessions that left the index, by removed.ndjson, and with --apply deletes it: from the sessions, the store, the formats, the status and older snapshots. Run pull first for the removals of the last hour.',
  flags: purgeFlags,
  exits: exitsOf('there is something to delete, without --apply'),
  async run(call) {
    const { performPurge } = await import('./perform-purge.ts');
    return performPurge(call, call.flags.output ?? defaultCopy, call.json ? Number.POSITIVE_INFINITY : named);
  },
};
