import { escapeMarkup } from '#domain/atom.ts';

/** Most addresses in a file: https://www.sitemaps.org/protocol.html */
export const mostAddresses = 50_000;

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** A sitemap of these addresses, whole ones. At most `mostAddresses`. */
export function sitemapText(addresses: readonly string[]): string {
  return document('urlset', 'url', addresses);
}

/** The index of the sitemaps at these addresses. */
export function sitemapIndexText(addresses: readonly string[]): string {
  return document('sitemapindex', 'sitemap', addresses);
}

/** Its type, as crawlers ask for it. */
export const sitemapHeaders = { 'content-type': 'application/xml; charset=utf-8' };

function document(root: string, item: string, addresses: readonly string[]): string {
  const items = addresses.map((address) => `<${item}><loc>${escapeMarkup(address)}</loc></${item}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">\n${items.join('')}</${root}>\n`;
}
