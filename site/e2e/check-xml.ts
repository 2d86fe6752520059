import { readFileSync } from 'node:fs';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** A document, checked by a schema beside this file. Throws what is wrong. */
function checked(text: string, schema: string): XmlDocument {
  using grammar = XmlDocument.fromBuffer(readFileSync(new URL(schema, import.meta.url)));
  using validator = XsdValidator.fromDoc(grammar);
  const document = XmlDocument.fromString(text);
  validator.validate(document);
  return document;
}

/** How often RFC 4287 lets these stand in a feed or an entry: exactly, or at most, or at least once. */
const counts = [
  ...['id', 'title', 'updated'].map((name) => `count(a:${name}) = 1`),
  ...['published', 'rights', 'subtitle', 'summary', 'content'].map((name) => `count(a:${name}) <= 1`),
  'a:link[@rel="alternate" or not(@rel)] or (self::a:entry and a:content)',
  'a:author or /a:feed/a:author',
  'not(a:link[@rel="alternate"][@type = following-sibling::a:link[@rel="alternate"]/@type])',
];

/** A feed, checked by RFC 4287. Throws what is wrong. */
export function atomOf(text: string): XmlDocument {
  const document = checked(text, 'atom.xsd');
  for (const rule of counts) {
    const [broken] = textsIn(document, `(/a:feed | //a:entry)[not(${rule})]`);
    if (broken !== undefined) throw new Error(`not ${rule}: ${broken.slice(0, 200)}`);
  }
  return document;
}

/** The addresses in a sitemap, or an index of them, checked by the protocol's schema. Throws what is wrong. */
export function addressesIn(text: string): string[] {
  using document = checked(text, 'sitemap.xsd');
  return document
    .find('//s:loc', { s: 'http://www.sitemaps.org/schemas/sitemap/0.9' })
    .map((place) => place.content);
}

/** What an XPath finds in a feed, as texts; `a` is Atom. */
export function textsIn(document: XmlDocument, path: string): string[] {
  return document.find(path, { a: 'http://www.w3.org/2005/Atom' }).map((node) => node.content);
}
