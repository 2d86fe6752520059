import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pages = fileURLToPath(new URL('../pages', import.meta.url));

/** Every kind of page there is, by the address its file in site/pages has: `/sessions/[gist_id]`. */
export function pageRoutes(): string[] {
  return globSync('**/*.astro', { cwd: pages })
    .map((file) => `/${file.replace(/(?:(?:^|\/)index)?\.astro$/, '')}`)
    .sort();
}

/** Which of these kinds an address is; `/404` where it is none. The most particular one wins, as with Astro. */
export function routeOf(address: string, routes: readonly string[]): string {
  const { pathname } = new URL(address, 'http://127.0.0.1');
  const kinds = routes.filter((route) =>
    new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`).test(pathname),
  );
  const [kind = '/404'] = kinds.sort(
    (a, b) => b.replaceAll(/\[\w+\]/g, '').length - a.replaceAll(/\[\w+\]/g, '').length,
  );
  return kind;
}
