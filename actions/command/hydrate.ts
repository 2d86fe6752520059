import { copyFlags, defaultCopy } from './copy-flags.ts';
import { exitsOf } from './exits.ts';
import { placeOf, pullFlags } from './pull.ts';
import { selectionFlags } from './selection-flags.ts';
import { officialRawHost } from './settings.ts';
import type { Verb } from './verb.ts';

export const hydrateFlags = {
  ...copyFlags,
  ...selectionFlags,
  format: {
    type: 'list',
    value: 'A,B',
    description: 'What to make of the sessions besides: sts, messages, parquet',
  },
  ...pullFlags,
  offline: { type: 'boolean', description: 'Pull no snapshot first: take the one that is here' },
  concurrency: { type: 'string', value: 'N', description: 'Fetch N files at a time (default: 16)' },
  patience: {
    type: 'string',
    value: 'MINUTES',
    description: "Wait so long in all for GitHub's limits, then stop (default: 15)",
  },
  'max-bytes': {
    type: 'string',
    value: 'N',
    description: 'Leave out gists larger than N bytes (default: 100000000)',
  },
  shard: { type: 'string', value: 'I/N', description: 'Do the Ith of N parts, by gist id' },
  'raw-host': {
    type: 'string',
    value: 'URL',
    description: `Where gists' files are read (default: ${officialRawHost})`,
  },
  rehash: { type: 'boolean', description: 'Check the files that are here already, too' },
} as const;

export const hydrate: Verb<typeof hydrateFlags> = {
  name: 'hydrate',
  summary: 'fetch the files of the sessions you choose, each checked against the snapshot',
  description:
    'Pulls the newest snapshot, then fetches the files of the chosen sessions at the revision a moderator read, and holds each against its git blob sha and size. status.ndjson says of every session what became of it. What is here is not fetched again: run it again to go on, weekly to stay up to date.',
  flags: hydrateFlags,
  exits: exitsOf('finished, but some sessions are left to do: status.ndjson says which'),
  async run(call) {
    const { performHydrate } = await import('./perform-hydrate.ts');
    return performHydrate(call, call.flags.output ?? defaultCopy, placeOf(call));
  },
};
