import { gzipSync } from 'node:zlib';
import type { APIRequestContext } from 'playwright-core';

/** What a page weighs, in bytes of `gzip -9`, each file on its own: the proxy before the site compresses, the site does not. */
export interface PageWeight {
  status: number;
  /** HTML, style sheets, icon and images. */
  page: number;
  /** The scripts it names, without what those load. */
  scripts: number;
  /** Paths of all that it loads. */
  loads: string[];
  /** Paths of the scripts among them. */
  scriptPaths: string[];
  /** Paths of our own that it links to. */
  links: string[];
}

/** Weighs the page at an address of ours with all that its HTML and its style sheets name. Throws when something it loads is not there. */
export async function weigh(request: APIRequestContext, address: string): Promise<PageWeight> {
  const answer = await request.get(address);
  const html = await answer.body();
  const text = html.toString().replaceAll('&#38;', '&').replaceAll('&amp;', '&');
  const own = (path: string) => {
    const url = new URL(path, address);
    return url.origin === new URL(address).origin ? url.pathname + url.search : null;
  };
  // What a template holds is no part of the page: it loads nothing, and its links lead nowhere.
  const shown = text.replace(/<template\b.*?<\/template>/gs, '');
  const tags = [...shown.matchAll(/<(\w+)\b[^>]*>/g)].map(([tag, name]) => ({ tag, name }));
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  const named = (find: (tag: string, name: string | undefined) => string | undefined) =>
    tags.flatMap(({ tag, name }) => find(tag, name) ?? []).flatMap((path) => own(path) ?? []);

  const scriptPaths = named((tag, name) => (name === 'script' ? attribute(tag, 'src') : undefined));
  const others = named((tag, name) => {
    if (name !== 'link') return name === 'script' ? undefined : attribute(tag, 'src');
    return /\b(?:stylesheet|icon|preload|modulepreload|manifest)\b/.test(attribute(tag, 'rel') ?? '')
      ? attribute(tag, 'href')
      : undefined;
  });
  const links = named((tag, name) => (name === 'a' ? attribute(tag, 'href') : undefined));

  const weights = new Map<string, number>();
  const add = async (path: string): Promise<void> => {
    if (weights.has(path)) return;
    const loaded = await request.get(new URL(path, address).href);
    if (!loaded.ok()) throw new Error(`${address} loads ${path}, which answers ${loaded.status()}`);
    const body = await loaded.body();
    weights.set(path, compressed(body));
    if (!path.endsWith('.css')) return;
    for (const [, inner = ''] of body.toString().matchAll(/url\(["']?(?!data:)([^"')]+)/g)) await add(inner);
  };
  for (const path of [...scriptPaths, ...others]) await add(path);
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((total, path) => total + (weights.get(path) ?? 0), 0);
  const scripts = sum(new Set(scriptPaths));
  return {
    status: answer.status(),
    page: compressed(html) + sum(weights.keys()) - scripts,
    scripts,
    loads: [...weights.keys()],
    scriptPaths,
    links,
  };
}

/** Bytes of a body as `gzip -9` sends it. */
export function compressed(body: Buffer): number {
  return gzipSync(body, { level: 9 }).length;
}
