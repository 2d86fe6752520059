import { entropy } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';

const header =
  '-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|ENCRYPTED|ANY|SSH2 ENCRYPTED) )?PRIVATE KEY-----|-----BEGIN PGP PRIVATE KEY BLOCK-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|PuTTY-User-Key-File-\\d: ';

/**
 * Private keys in PEM (RFC 7468), OpenSSH, PGP and PuTTY armour, wherever their lines were put: escaped, quoted one by
 * one in an array, concatenated in code. The header counts only with a line of the key behind it.
 */
export const privateKeys: readonly Rule[] = [
  {
    detector: 'private-key',
    kind: 'private key',
    anchors: ['-----BEGIN', '---- BEGIN SSH2', 'PuTTY-User-Key-File'],
    pattern: new RegExp(`(${header})(?=([\\s\\S]{60,400}))`, 'dg'),
    reach: { before: 8, after: 1200 },
    rank: 4,
    judge: ({ match }) => {
      const armour = (match[2] ?? '').split(/---- ?END/)[0] ?? '';
      const body = /[A-Za-z0-9+/]{48}/.exec(armour)?.[0] ?? '';
      return /\d/.test(body) && entropy(body) >= 3.6 && !isPlaceholder(body) ? 'high' : null;
    },
  },
];
