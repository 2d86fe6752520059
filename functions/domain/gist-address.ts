/** What an address says about a gist. */
export interface GistAddress {
  gistId: string;
  /** The revision the address points at, when it names one. */
  revision: string | null;
}

/** Gist ids seen at GitHub: decimal (oldest), 20 or 32 hex digits. */
const gistId = /^(?:[0-9a-f]{32}|[0-9a-f]{20}|[0-9]{1,10})$/;
const sha = /^[0-9a-f]{40}$/;
const maxLength = 2000;

/**
 * Understands whatever people paste for a gist: its page with or without login, a revision, a `#file-…` fragment, a
 * query, raw and API addresses, clone addresses, an embed script, or the bare id. Null when it names no gist.
 * `ownHosts` are further hosts that serve gists, such as the stand-in's.
 */
export function parseGistAddress(text: string, ownHosts: readonly string[] = []): GistAddress | null {
  if (text.length > maxLength) return null;
  const address = unwrap(text);
  if (gistId.test(address.toLowerCase())) return { gistId: address.toLowerCase(), revision: null };

  const url = parseUrl(address);
  if (url === null) return null;
  const path = pathSegments(url);
  if (path === null) return null;

  const host = url.hostname;
  if (host === 'api.github.com' || (ownHosts.includes(url.host) && path[0] === 'gists')) return fromApi(path);
  if (host === 'gist.github.com' || host === 'gist.githubusercontent.com' || ownHosts.includes(url.host)) {
    return fromPage(path);
  }
  return null;
}

/** Takes the address out of what is often copied with it: spaces, `<…>`, quotes, `git clone`, an embed script. */
function unwrap(text: string): string {
  const embed = /<script\s+src=["']([^"'<>\s]+)["']/i.exec(text);
  const bare = (embed?.[1] ?? text).replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim();
  return bare
    .replace(/^(?:git|gh gist) clone\s+/i, '')
    .replace(/^[<"'`(]+/, '')
    .replace(/[>"'`),.;]+$/, '')
    .trim();
}

function parseUrl(address: string): URL | null {
  const scp = /^(?:git@)?(gist\.github\.com):(?!\d+\/)(.+)$/i.exec(address);
  const full = scp
    ? `https://${scp[1]}/${scp[2]}`
    : /^[a-z]+:\/\//i.test(address)
      ? address
      : `https://${address}`;
  const url = urlOf(full);
  return url !== null && ['https:', 'http:', 'ssh:', 'git:'].includes(url.protocol) ? specialForm(url) : null;
}

/** `ssh:` addresses keep their host's case and escapes; as `https:` they are normalised like the others. */
function specialForm(url: URL): URL | null {
  return url.protocol === 'ssh:' || url.protocol === 'git:'
    ? urlOf(`https://${url.hostname}${url.pathname}`)
    : url;
}

/** `URL.parse` came with Node 22; the command line runs on 20 too. */
function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function pathSegments(url: URL): string[] | null {
  try {
    return url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** `/gists/{id}`, `/gists/{id}/{sha}`, `/gists/{id}/commits` … */
function fromApi(path: readonly string[]): GistAddress | null {
  return path[0] === 'gists' ? found(path[1], path[2]) : null;
}

/** `/{id}`, `/{login}/{id}`, each with `/{sha}`, `/raw/…`, `/revisions` and the like behind it. */
function fromPage(path: readonly string[]): GistAddress | null {
  const [first = '', second, third] = path;
  const withLogin = second === undefined ? null : found(second, third);
  // A login may look like a decimal id, so `/123/0123…` is the gist 0123… of the account 123.
  return withLogin ?? found(first, second);
}

function found(id: string | undefined, rest: string | undefined): GistAddress | null {
  const plain = (id ?? '').toLowerCase().replace(/\.(?:git|js|json|pibb)$/, '');
  if (!gistId.test(plain)) return null;
  const revision = (rest ?? '').toLowerCase();
  return { gistId: plain, revision: sha.test(revision) ? revision : null };
}
