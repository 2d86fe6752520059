import { quarantineHours } from './moderation.ts';
import type { NewsMove } from './news.ts';
import type { State } from './submission.ts';

/** What its owner needs to know of a move to go on from it. */
interface Told {
  gistId: string;
  move: NewsMove;
  toState: State;
  reason: string | null;
  /** The removal, or the rejection of this revision, can still be answered. */
  mayAnswer: boolean;
}

/** What follows from a move, in words, and the page of ours to do or see it at. */
export interface NextStep {
  /** Does it ask anything of the owner? */
  act: boolean;
  sentence: string;
  link: { path: string; words: string } | null;
}

const newGist =
  'Then withdraw this gist and delete it, and submit a new gist of the clean file: an edit keeps the old revision readable.';
const revoke = `Revoke it at once where it was issued. ${newGist}`;

/** Said of a step that asks nothing of its owner. */
export const nothingToDo = 'Nothing to do.';

/** What the owner does next after somebody else's move, in every case there is. */
export function nextStep(told: Told): NextStep {
  const again = (words: string) => ({ path: `/submit?gist=${told.gistId}`, words });
  switch (told.move) {
    case 'import':
      return {
        act: true,
        sentence:
          'It is listed once you have confirmed it, chosen its licence, and a moderator has read it as it is now. To have it left out, withdraw it, or do nothing.',
        link: again('Check and confirm it'),
      };
    case 'approve':
      return {
        act: false,
        sentence: 'It is in the dataset from the next snapshot on, and has a page here then.',
        link: { path: `/sessions/${told.gistId}`, words: 'Its page' },
      };
    case 'reject':
      return { act: true, sentence: afterRejection(told), link: again('Check and submit it again') };
    case 'suspect':
      return { act: true, sentence: `${revoke} If it is no secret, declare it.`, link: again('Declare it') };
    case 'remove':
      return {
        act: true,
        sentence: afterRemoval(told),
        link: { path: '/policy', words: 'The policy' },
      };
    case 'reopen':
      return { act: false, sentence: 'It waits for a decision again.', link: null };
    case 'quarantine':
      return {
        act: false,
        sentence: `It is hidden until a moderator has decided; undecided after ${quarantineHours} hours, it goes back where it was.`,
        link: null,
      };
    case 'clear':
    case 'lapse':
      return {
        act: false,
        sentence:
          told.toState === 'approved'
            ? 'It is approved as before, and in the dataset from the next snapshot on.'
            : 'It waits for a decision as before.',
        link: null,
      };
    case 'lose':
      return { act: false, sentence: afterLoss('It is out of the dataset.'), link: null };
    case 'give_up':
      return { act: false, sentence: afterLoss('It has left the dataset.'), link: null };
    case 'recover':
      return {
        act: false,
        sentence: 'It is in the dataset again from the next snapshot on.',
        link: { path: `/sessions/${told.gistId}`, words: 'Its page' },
      };
    case 'edit':
      return {
        act: false,
        sentence:
          told.toState === 'changed'
            ? 'A moderator reads the new revision; until then it is out of the dataset.'
            : 'A moderator reads the new revision.',
        link: null,
      };
  }
}

function afterRejection({ reason, mayAnswer }: Told): string {
  const answer = mayAnswer ? ' If the moderator is mistaken, answer the rejection, once.' : '';
  if (reason === 'secret') return `${revoke}${answer}`;
  if (reason === 'personal_data') return `Take it out. ${newGist}${answer}`;
  return mayAnswer
    ? 'Answer the rejection, once, or edit the gist and submit its new revision.'
    : 'You have answered this rejection; edit the gist and submit its new revision.';
}

function afterLoss(where: string): string {
  return `${where} If it should be there, make the gist public under your account again: the next recheck lists the same revision by itself.`;
}

function afterRemoval({ reason, mayAnswer }: Told): string {
  const leak =
    reason === 'secret'
      ? 'Revoke the secret at once where it was issued, and delete the gist. '
      : reason === 'personal_data'
        ? 'Delete the gist: an edit keeps the old revision readable. '
        : '';
  const answer = mayAnswer
    ? 'If it was removed by mistake, answer the removal, once: a moderator can reopen it.'
    : 'You have answered this removal.';
  return `${leak}This gist cannot be submitted again. ${answer}`;
}
