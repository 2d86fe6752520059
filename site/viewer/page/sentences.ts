import { counted } from '../../wording/figures.ts';
import type { Trouble } from '../trouble.ts';

/** What is wrong with a gist as a whole, as GitHub tells it. */
export type Standing = 'gone' | 'secret' | 'changed';

/** Why a file is not shown, and what can be done. */
export interface Sentence {
  what: string;
  next: string;
  /** Whether asking again may help. */
  again: boolean;
}

/** Says what is wrong with a file. */
export function troubleSentence({ code, retryAfter, status }: Trouble): Sentence {
  switch (code) {
    case 'gone':
      return {
        what: 'GitHub does not have this file any more.',
        next: 'Its owner may have deleted the gist. If so, the next check takes it out of the index.',
        again: true,
      };
    case 'blocked':
      return {
        what: 'GitHub withholds this file for legal reasons.',
        next: 'Nothing of it can be read here. The gist’s page at GitHub may say more.',
        again: false,
      };
    case 'too_many_requests':
      return {
        what: 'GitHub has had too many requests from your network.',
        next: retryAfter
          ? `Try again in ${counted(retryAfter, 'second')}, or read it at GitHub.`
          : 'Try again in a minute, or read it at GitHub.',
        again: true,
      };
    case 'offline':
      return {
        what: 'You are offline.',
        next: 'It goes on by itself when the network is back.',
        again: true,
      };
    case 'unreachable':
      return {
        what: status ? `GitHub answered with an error (${status}).` : 'GitHub could not be reached.',
        next: 'Try again, or look whether GitHub’s own page opens.',
        again: true,
      };
    case 'moved':
      return {
        what: 'GitHub named another address for this file.',
        next: 'Only the one that was submitted is read, so nothing of it is shown. Try again, or read it at GitHub.',
        again: true,
      };
    case 'cut_off':
      return {
        what: 'The transfer broke off before the end of the file.',
        next: 'So nothing of it is shown. Try again, or read it at GitHub.',
        again: true,
      };
    case 'other_bytes':
      return {
        what: 'What came is not the file that was submitted: its hash is another.',
        next: 'So nothing of it is shown. Try again; if it stays so, please report it.',
        again: true,
      };
    case 'too_slow':
      return {
        what: 'It took too long, and reading was stopped.',
        next: 'Try again, or read it at GitHub.',
        again: true,
      };
    case 'fault':
      return {
        what: 'This file made our reader fail.',
        next: 'That is a fault of ours. It can be read at GitHub; please report it.',
        again: false,
      };
  }
}

/** Says what became of the gist since it was submitted. */
export const standingSentences: Record<Standing, { what: string; next: string }> = {
  gone: {
    what: 'The gist was deleted.',
    next: 'Its owner took it back, so it is not shown. The next check takes it out of the index.',
  },
  secret: {
    what: 'The gist is not public any more.',
    next: 'So it is not shown. The next check takes it out of the index.',
  },
  changed: {
    what: 'The gist was edited since.',
    next: 'Below is the revision this page is about, byte for byte. A moderator reads the new one before it is listed.',
  },
};
