import { entropy } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';

const header =
  '-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|ENCRYPTED|ANY|SSH2 ENCRYPTED) )?PRIVATE KEY-----|-----BEGIN PGP PRIVATE KEY BLOCK-----|PuTTY-User-Key-File-\\d: ';

/**
 * Private keys in PEM (RFC 7468), OpenSSH, PGP and PuTTY armour, wherever their lines were put: escaped, quoted one by
 * one in an array, concatenated in code. The header counts only with a body behind it.
 */
export const privateKeys: readonly Rule[] = [
  {
    detector: 'private-key',
    kind: 'private key',
    anchors: ['-----BEGIN', 'PuTTY-User-Key-File'],
    pattern: new RegExp(`(${header})(?=([\\s\\S]{60,1200}))`, 'dg'),
    reach: { before: 8, after: 2400 },
    rank: 4,
    judge: ({ match }) => {
      const body = /[A-Za-z0-9+/]{64}/.exec(bodyOf(match[2] ?? ''))?.[0] ?? '';
      return body !== '' && entropy(body) >= 3.6 && !isPlaceholder(body) ? 'high' : null;
    },
  },
];

/** The body behind a header, without further headers and all that only divides lines. */
function bodyOf(armour: string): string {
  return (armour.split(/-----END/)[0] ?? '')
    .replace(/(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|Encryption|Public-Lines|Private-Lines): ?[^\r\n\\]{0,200}/g, '')
    .replace(/\\+[nrt]/g, '')
    .replace(/[\s"'`,+\\|]{1,40}/g, (divider) => (divider.includes('+') && !/[\s"']/.test(divider) ? divider : ''));
}
