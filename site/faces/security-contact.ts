import { repositoryName } from '../published/repository-name.ts';

/**
 * Where somebody who found a hole can tell of it in private: the advisories of the repository this site's code is in.
 * Null where that is not known, or not at GitHub: an address that nobody reads is worse than none.
 * https://docs.github.com/en/code-security/security-advisories/guidance-on-reporting-and-writing-information-about-vulnerabilities/privately-reporting-a-security-vulnerability
 */
export function securityContact(repositoryUrl: string | null): string | null {
  const name = repositoryName(repositoryUrl);
  return name && `https://github.com/${name}/security/advisories/new`;
}

const days = 180;

/**
 * security.txt as RFC 9116 has it. It expires half a year after the site was made: a site that is kept is made anew with
 * every snapshot, and of one that is not nobody should believe that somebody reads there.
 */
export function securityText(contact: string, site: URL, made: Date): string {
  const expires = new Date(made.getTime() + days * 24 * 60 * 60 * 1000);
  return `Contact: ${contact}
Expires: ${expires.toISOString().replace(/\.\d+Z$/, 'Z')}
Preferred-Languages: en
Canonical: ${new URL('/.well-known/security.txt', site).href}
`;
}
