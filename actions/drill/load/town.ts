import { chanceFrom } from '../chance.ts';
import { openLedger } from '../ledger/ledger.ts';
import { openFront } from '../world/front.ts';
import type { World } from '../world/world.ts';
import type { Town } from './acts.ts';
import { addressOf, signIn, type Visitor } from './visitor.ts';

/** Sign-ins at the same moment. */
const together = 8;

/** Has everybody sign in, each from an address of their own. Close its front when done. */
export async function settleTown(world: World, sessions: number, say: (text: string) => void): Promise<Town> {
  const front = openFront(world.sites, world.siteUrl);
  const logins = [...world.moderators, ...world.contributors];
  say(`Signing in ${logins.length} people`);
  const visitors: Visitor[] = [];
  for (let first = 0; first < logins.length; first += together) {
    const group = logins.slice(first, first + together);
    visitors.push(
      ...(await Promise.all(group.map((login, n) => signIn(front, login, addressOf(1 + first + n))))),
    );
  }
  return {
    front,
    ledger: openLedger(),
    moderators: visitors.slice(0, world.moderators.length),
    contributors: visitors.slice(world.moderators.length),
    gists: world.gists,
    waiting: [],
    listed: [],
    sessions,
    chance: chanceFrom(20_261_130),
  };
}
