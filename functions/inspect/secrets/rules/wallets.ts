import { entropy } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';
import { quote, valueField } from './names.ts';
import { token } from './token.ts';

const phrase = '(?:mnemonic|seed[-_ ]?phrase|seed[-_ ]?words|recovery[-_ ]?phrase|secret[-_ ]?phrase)';
const between = `${quote}{0,8}\\*{0,2}\\s{0,3}(?::?\\s?string\\s?)?(?:=|:|,|\\||is|${valueField})\\*{0,2}\\s{0,4}${quote}{0,8}`;

/** Keys to cryptocurrency. */
export const wallets: readonly Rule[] = [
  token(
    'extended-private-key',
    'extended private key (BIP 32)',
    ['xprv'],
    '[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{107,108}',
    {
      near: /xprv[1-9A-HJ-NP-Za-km-z]{100}/y,
    },
  ),
  token('nostr', 'Nostr secret key', ['nsec1'], 'nsec1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}'),
  token('wallet-key', 'private key of a wallet', ['wallet', 'privateKeyToAccount', 'fromPrivateKey'], '', {
    near: /(?:wallet|privateKeyToAccount|fromPrivateKey)\w{0,20}(?:\(|\[|\s|=|:|["'\\]|&quot;|&#39;){1,12}0x[0-9a-f]{64}/iy,
    pattern:
      /(?:wallet|privateKeyToAccount|fromPrivateKey)\w{0,20}(?:\(|\[|\s|=|:|["']){1,12}(0x[0-9a-fA-F]{64})(?![0-9a-fA-F])/dgi,
  }),
  {
    // https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
    detector: 'seed-phrase',
    kind: 'words that restore a wallet',
    anchors: ['mnemonic', 'seed', 'recovery', 'secret phrase', 'secret_phrase'],
    near: new RegExp(`${phrase}[^{}]{1,240}?(?<![a-z])(?:[a-z]{3,8} ){11}`, 'iy'),
    pattern: new RegExp(`${phrase}${between}((?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?![A-Za-z])`, 'dgi'),
    reach: { before: 8, after: 400 },
    rank: 2,
    judge: ({ value }) => {
      const words = value.split(' ');
      // Those of test networks say a word over and over.
      const enough = [12, 15, 18, 21, 24].includes(words.length) && new Set(words).size >= 9;
      return enough && !/\b(?:the|and|for|your|with|that|this|are|junk)\b/.test(value) ? 'high' : null;
    },
  },
  {
    // https://www.rfc-editor.org/rfc/rfc7518#section-6
    detector: 'json-web-key',
    kind: 'private key as a JSON web key',
    anchors: ['kty"', 'kty\\', 'kty&quot;'],
    pattern:
      /\{(?=[^{}]{0,2000}["']kty["'])[^{}]{0,2000}?["']d["']\s{0,2}:\s{0,2}["']([A-Za-z0-9_-]{40,700})["']/dg,
    reach: { before: 1800, after: 2400 },
    rank: 3,
    judge: ({ value }) => (isPlaceholder(value) || entropy(value.slice(0, 200)) < 4 ? null : 'high'),
  },
];
