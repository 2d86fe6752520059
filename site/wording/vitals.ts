import type { VitalName } from '#domain/vitals.ts';
import type { StatusAnswer } from '../answers/status.ts';
import { counted } from './figures.ts';
import { hoursText } from './times.ts';

type Vital = StatusAnswer['vitals'][VitalName];

/** What each is called, what it means that it is not there, and what being late means to a reader. */
export const vitalWords: Record<VitalName, { name: string; none: string; late: string }> = {
  recheck: {
    name: 'Last recheck of every gist',
    none: 'Not yet',
    late: 'A gist that was deleted or made secret since may still be listed. Your own copy of the dataset can be as it was then.',
  },
  snapshot: {
    name: 'Newest snapshot',
    none: 'Not yet',
    late: 'The dataset is as it was then. Its files are whole, and can be used.',
  },
  changes: {
    name: 'Changes that wait for a snapshot',
    none: 'None',
    late: 'Sessions that were approved or taken back since are not in the dataset’s files as such. Departures are told every hour all the same.',
  },
  queue: {
    name: 'Submission that waits longest for a moderator',
    none: 'None waits',
    late: 'Moderators are volunteers, and have more to read than they manage. What was submitted stays submitted.',
  },
  backup: {
    name: 'Newest backup of the database',
    none: 'Not yet',
    late: 'If the database were lost now, what was submitted and decided since would be, too. What is published would not.',
  },
};

/** The word of a state. */
export const vitalStates: Record<Vital['state'], string> = {
  well: 'On time',
  late: 'Late',
  none: 'Nothing due',
};

/** One sentence over all of them. */
export function statusSentence({ vitals, waiting }: Pick<StatusAnswer, 'vitals' | 'waiting'>): string {
  const late = Object.values(vitals).filter(({ state }) => state === 'late').length;
  const queue =
    waiting === 0
      ? 'No submission waits'
      : `${counted(waiting, 'submission')} ${waiting === 1 ? 'waits' : 'wait'}`;
  return `${late === 0 ? 'Nothing is late' : `${counted(late, 'thing')} ${late === 1 ? 'is' : 'are'} late`}. ${queue} for a moderator.`;
}

/** When it counts as late: after 12 h. */
export function lateText({ late_after_hours: hours }: Vital): string {
  return `late after ${hoursText(hours)}`;
}
