import { readFileSync } from 'node:fs';
import { RelaxNGValidator, XmlDocument as Xml, type XmlDocument, XsdValidator } from 'libxml2-wasm';

const file = (name: string) => readFileSync(new URL(name, import.meta.url));

/** A document's root, checked by RFC 4287's grammar. Throws what is wrong. */
export function atomOf(text: string): XmlDocument {
  using grammar = Xml.fromBuffer(file('atom.rng'));
  using validator = RelaxNGValidator.fromDoc(grammar);
  const document = Xml.fromString(text);
  validator.validate(document);
  return document;
}

/** The addresses in a sitemap, or an index of them, checked by the protocol's schema. Throws what is wrong. */
export function addressesIn(text: string): string[] {
  using schema = Xml.fromBuffer(file('sitemap.xsd'));
  using validator = XsdValidator.fromDoc(schema);
  using document = Xml.fromString(text);
  validator.validate(document);
  return document
    .find('//s:loc', { s: 'http://www.sitemaps.org/schemas/sitemap/0.9' })
    .map((place) => place.content);
}

/** What an XPath finds in a feed, as texts; `a` is Atom. */
export function textsIn(document: XmlDocument, path: string): string[] {
  return document.find(path, { a: 'http://www.w3.org/2005/Atom' }).map((node) => node.content);
}
