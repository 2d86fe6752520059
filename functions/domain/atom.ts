/** A feed as RFC 4287 has it. Texts may hold anything: what XML cannot carry is taken out, the rest is escaped. */
export interface AtomFeed {
  id: string;
  title: string;
  updated: Date;
  author: string;
  /** Address it is known by, and the page it stands for. */
  self: string;
  alternate: string;
  entries: readonly AtomEntry[];
}

export interface AtomEntry {
  id: string;
  title: string;
  updated: Date;
  alternate: string;
  /** HTML, with every text in it escaped by `escapeMarkup`. */
  html: string;
  /** Who wrote it, where that is another than the feed's author. */
  author?: { name: string; uri: string };
  categories?: readonly string[];
  rights?: string;
}

/** The document, in UTF-8. Same feed, same text. */
export function atomDocument(feed: AtomFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${escapeMarkup(feed.id)}</id>`,
    `<title>${escapeMarkup(feed.title)}</title>`,
    `<updated>${feed.updated.toISOString()}</updated>`,
    `<author><name>${escapeMarkup(feed.author)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeMarkup(feed.self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeMarkup(feed.alternate)}"/>`,
    ...feed.entries.map(entryElement),
    '</feed>',
    '',
  ].join('\n');
}

function entryElement(entry: AtomEntry): string {
  return [
    '<entry>',
    `<id>${escapeMarkup(entry.id)}</id>`,
    `<title>${escapeMarkup(entry.title)}</title>`,
    `<updated>${entry.updated.toISOString()}</updated>`,
    `<link rel="alternate" type="text/html" href="${escapeMarkup(entry.alternate)}"/>`,
    ...authorElement(entry.author),
    ...(entry.categories ?? []).map((term) => `<category term="${escapeMarkup(term)}"/>`),
    ...(entry.rights === undefined ? [] : [`<rights>${escapeMarkup(entry.rights)}</rights>`]),
    `<content type="html">${escapeMarkup(entry.html)}</content>`,
    '</entry>',
  ].join('\n');
}

function authorElement(author: AtomEntry['author']): string[] {
  if (author === undefined) return [];
  return [`<author><name>${escapeMarkup(author.name)}</name><uri>${escapeMarkup(author.uri)}</uri></author>`];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text for a place in XML or HTML, attributes included. Control characters other than line breaks and tabs are no XML
 * 1.0 (https://www.w3.org/TR/xml/#charsets), and format characters turn text around; the joiner of emoji stays.
 */
export function escapeMarkup(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n\t]|(?!\u200d)\p{Cf}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
