import { mask } from './mask.ts';
import { homePaths } from './personal/home-paths.ts';
import { mailAddresses } from './personal/mail-addresses.ts';
import { phoneNumbers } from './personal/phone-numbers.ts';
import { publicAddresses } from './personal/public-addresses.ts';
import type { Found } from './probe.ts';

/** A piece of personal data and where it begins in a text. */
export interface Mention {
  value: string;
  start: number;
}

const detectors = [
  { detector: 'mail-address', kind: 'mail address', mentions: mailAddresses },
  { detector: 'home-path', kind: 'home folder with a person’s name', mentions: homePaths },
  { detector: 'public-ip', kind: 'public IP address', mentions: publicAddresses },
  { detector: 'phone-number', kind: 'phone number', mentions: phoneNumbers },
] as const;

/** Personal data that begins in `[from, to)` of a text: worth a look, never blocking. */
export function personal(text: string, from: number, to: number): Found[] {
  return detectors.flatMap(({ detector, kind, mentions }) =>
    mentions(text, from, to).map(({ value, start }) => ({
      detector,
      kind,
      severity: 'low',
      rank: 0,
      start,
      end: start + value.length,
      masked: mask(value),
      value,
    })),
  );
}
