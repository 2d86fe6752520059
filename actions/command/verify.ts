import { copyFlags, defaultCopy, named } from './copy-flags.ts';
import { exitsOf } from './exits.ts';
import type { Verb } from './verb.ts';

const flags = { ...copyFlags } as const;

export const verify: Verb<typeof flags> = {
  name: 'verify',
  summary: 'check everything in the copy against its snapshot, offline',
  description:
    'Holds everything in the copy against the snapshot that is in it, without the network: the snapshot against its manifest, every file against its git blob sha, and that nothing removed is left.',
  flags,
  exits: exitsOf('the copy is not as it should be'),
  async run(call) {
    const { performVerify } = await import('./perform-verify.ts');
    return performVerify(
      call,
      call.flags.output ?? defaultCopy,
      call.json ? Number.POSITIVE_INFINITY : named,
    );
  },
};
