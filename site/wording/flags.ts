import type { Flag } from '#domain/flag.ts';
import type { Sort, Waiting } from '#domain/queue.ts';

/** What a flag says in a row of the queue. */
export const flagWords: Readonly<Record<Flag, string>> = {
  secret: 'Looks like a secret',
  declared_false: 'Declared no secret',
  personal: 'Personal data to judge',
  contradiction: 'Declared otherwise',
  declaration_problem: 'Declaration unusable',
  unrecognised: 'No session recognised',
  suspected: 'Suspended by a later look',
  escalated: 'Second opinion asked',
  duplicate: 'Likely duplicate',
  own: 'Your own',
};

/** What submissions are called by what they wait for. */
export const waitingWords: Readonly<Record<Waiting, string>> = {
  new: 'New',
  changed: 'Changed',
  appealed: 'Appealed',
  reported: 'Reported',
  unattested: 'Unconfirmed',
};

export const sortWords: Readonly<Record<Sort, string>> = {
  oldest: 'Oldest first',
  newest: 'Newest first',
  largest: 'Largest first',
  smallest: 'Smallest first',
};
