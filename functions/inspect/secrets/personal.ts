import { mask } from './mask.ts';
import { homePathAt } from './personal/home-paths.ts';
import { mailAddressAt } from './personal/mail-addresses.ts';
import { phoneNumberAt } from './personal/phone-numbers.ts';
import { ipv4At, ipv6At } from './personal/public-addresses.ts';
import type { Found } from './probe.ts';

const home = { detector: 'home-path', kind: 'home folder with a person’s name', at: homePathAt };
const address = { detector: 'public-ip', kind: 'public IP address' };

/** Each kind by what all of it holds; `at` gets the text, its Latin-1 bytes and where that stands. */
const kinds = {
  '@': { detector: 'mail-address', kind: 'mail address', at: mailAddressAt },
  '.': { ...address, at: ipv4At },
  ':': { ...address, at: ipv6At },
  '+': { detector: 'phone-number', kind: 'phone number', at: phoneNumberAt },
  '/home': home,
  '/users': home,
  '\\home': home,
  '\\users': home,
} as const;

const kindOf = Object.values(kinds);

/** What all personal data is found by. */
export const personalAnchors = Object.keys(kinds);

/** The personal data at an anchor, by its index: worth a look, never blocking. */
export function personalAt(anchor: number, text: string, bytes: Uint8Array, position: number): Found | null {
  const { at, detector, kind } = kindOf[anchor] ?? home;
  const mention = at(text, bytes, position);
  if (mention === null) return null;
  const { value, start } = mention;
  return {
    detector,
    kind,
    severity: 'low',
    rank: 0,
    start,
    end: start + value.length,
    masked: mask(value),
    value,
  };
}
