import { entropy } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';

const reach = { before: 24, after: 700 };

/**
 * A token that its own shape gives away. `body` is the token's pattern; it must stand free of letters and digits, and
 * may not be a placeholder. Shapes after https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 * and https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml
 */
export function token(
  detector: string,
  kind: string,
  anchors: string[],
  body: string,
  options: Partial<Rule> = {},
): Rule {
  return {
    detector,
    kind,
    anchors,
    pattern: new RegExp(`(?<![A-Za-z0-9])(${body})(?![A-Za-z0-9])`, 'dg'),
    reach,
    rank: 3,
    judge: ({ value }) => (isPlaceholder(value) || entropy(value.slice(0, 200)) < 2.8 ? null : 'high'),
    ...options,
  };
}
