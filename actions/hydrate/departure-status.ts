import type { Departure } from '../copy/departures.ts';
import { type Brought, without } from './bring-gist.ts';

/** What became of a row that left the index. Why somebody was suspended is not told in public, only that it may come back. */
export function departureStatus({ kind }: Departure): Brought {
  switch (kind) {
    case 'suspended':
      return without('changed', 'The index does not list it for now: it was edited, or is looked at again.');
    case 'withdrawn':
      return without('gone', 'Its owner took it back.');
    case 'removed':
      return without('gone', 'The index took it out.');
    case 'gone':
      return without('gone', 'GitHub did not have it any more when the index last looked.');
  }
}
