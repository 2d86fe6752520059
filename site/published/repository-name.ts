/**
 * The `owner/name` by which GitHub and `gh` know the repository at an address that git can clone; null for one that is
 * elsewhere, or not known.
 */
export function repositoryName(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address);
  const [, name] = /^\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url?.pathname ?? '') ?? [];
  return url?.protocol === 'https:' && url.hostname === 'github.com' ? (name ?? null) : null;
}
