import { copyFlags, defaultCopy } from './copy-flags.ts';
import { exitsOf } from './exits.ts';
import { selectionFlags } from './selection-flags.ts';
import type { Verb } from './verb.ts';

const flags = { ...copyFlags, ...selectionFlags } as const;

export const stats: Verb<typeof flags> = {
  name: 'stats',
  summary: 'count what a selection holds: sessions, bytes, tokens, agents, licences',
  description:
    'Counts what a selection of the snapshot in the copy holds, and how much of it is here. Fetches nothing.',
  flags,
  exits: exitsOf(),
  async run(call) {
    const { performStats } = await import('./perform-stats.ts');
    return performStats(call, call.flags.output ?? defaultCopy);
  },
};
