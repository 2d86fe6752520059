import { faces } from '#domain/face-headers.ts';
import { publishedType } from '#domain/published-type.ts';

/** By ending, as the site's own server names them; what is not here is application/octet-stream. */
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml',
};
const published = ['ndjson', 'json', 'txt', 'md', 'parquet'];

/**
 * Lines of a Caddyfile that give a built site's files the headers they have from `npm start`, where Caddy serves them from
 * disk: `security` is on all of them. The directives are https://caddyserver.com/docs/caddyfile/directives/header;
 * docs/deploy/restart.sh takes no others, and no braces.
 */
export function caddyHeaders(security: Readonly<Record<string, string>>): string {
  const lines = [
    ...headers('', security),
    ...headers('', { 'cache-control': 'public, max-age=0', 'content-type': 'application/octet-stream' }),
    ...headers('/_astro/*', { 'cache-control': 'public, max-age=31536000, immutable' }),
    // An address without an ending is a page.
    ...typed('page', /^(?:\/|(?:\/[^/.]+)+)$/, 'text/html; charset=utf-8'),
    ...Object.entries(types).flatMap(([ending, type]) => typed(ending, endsWith(ending), type)),
    ...faces.flatMap(({ path, headers: own }, index) => matched(`face${index}`, path, own)),
    ...typed('published', /^\/dataset\/(?:latest|snapshots\/[^/]+)\/[^/.]+$/, publishedType('SHA256SUMS')),
    ...published.flatMap((ending) =>
      typed(
        `published_${ending}`,
        new RegExp(`^/dataset/(?:latest|snapshots/[^/]+)/[^/]+\\.${ending}$`),
        publishedType(`.${ending}`),
      ),
    ),
  ];
  return `# Made by the build: what every file of this release is sent with.\nroute {\n${lines.join('\n')}\n}\n`;
}

const endsWith = (ending: string) => new RegExp(`\\.${ending}$`);

const typed = (name: string, path: RegExp, type: string) => matched(name, path, { 'content-type': type });

function matched(name: string, path: RegExp, own: Readonly<Record<string, string>>): string[] {
  // Slashes need no escape there.
  const pattern = path.source.replaceAll('\\/', '/');
  return [`@${name} path_regexp ${name} ${quoted(pattern)}`, ...headers(`@${name}`, own)];
}

function headers(matcher: string, own: Readonly<Record<string, string>>): string[] {
  return Object.entries(own).map(([name, value]) =>
    ['header', matcher, name, quoted(value)].filter(Boolean).join(' '),
  );
}

/** As it is: Caddy replaces what is in braces, and ends a text in backticks at the next. */
function quoted(text: string): string {
  if (/[`{}\n]/.test(text)) throw new Error(`Caddy would take ${JSON.stringify(text)} for something else`);
  return `\`${text}\``;
}
