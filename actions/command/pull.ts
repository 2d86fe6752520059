import type { JobCall } from '../job.ts';
import { copyFlags, defaultCopy } from './copy-flags.ts';
import { exitsOf } from './exits.ts';
import { officialPlace, readPlace, readSettings } from './settings.ts';
import type { Verb } from './verb.ts';

export const pullFlags = {
  from: {
    type: 'string',
    value: 'PLACE',
    description: `Address or folder where snapshots are published (default: ${officialPlace})`,
  },
  'max-age': {
    type: 'string',
    value: 'DAYS',
    description: 'Refuse a snapshot older than DAYS (default: 14; none: take any)',
  },
  'allow-older': { type: 'boolean', description: 'Take a snapshot older than the one that is here' },
} as const;

const flags = { ...copyFlags, ...pullFlags };

export const pull: Verb<typeof flags> = {
  name: 'pull',
  summary: 'fetch the newest snapshot, and check it',
  description:
    'Brings the newest published snapshot and the latest removals into the copy. Every byte is held against the manifest; a snapshot that is tampered with, cut off, too old, older than the one that is here or of an unknown version is refused, and what is here stays. Can be killed and run again: it goes on where it was.',
  flags,
  exits: exitsOf(),
  async run(call) {
    const [copy, place] = [call.flags.output ?? defaultCopy, placeOf(call)];
    const { performPull, report } = await import('./perform-pull.ts');
    return report(await performPull(call, copy, place), copy, place);
  },
};

/** Where to pull from, by flag or else by the environment. Throws FlagError. */
export function placeOf({ flags: { from }, env }: Pick<JobCall<typeof pullFlags>, 'flags' | 'env'>): string {
  return from === undefined ? readSettings(env).place : readPlace('--from', from);
}
