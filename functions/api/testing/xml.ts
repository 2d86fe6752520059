/** An element as a strict reader sees it. `text` is all text in it, its children's included. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const token =
  /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(\/?)>|([^<&>]+)|&(amp|lt|gt|quot|#39);|([\s\S])/gu;
const plain: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * Reads the XML that we write: elements, attributes, text, five entities. Throws at anything else, at a character that
 * XML 1.0 does not have, and where tags do not pair up.
 */
export function readXml(document: string): Element {
  const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error('no XML declaration');
  if (/[^\t\n\r\x20-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(document)) {
    throw new Error('a character that is no XML');
  }
  const outside: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [outside];
  for (const [whole, closing, name, attributes, empty, text, entity, wrong] of document
    .slice(declaration.length)
    .matchAll(token)) {
    const current = open.at(-1);
    if (!current || wrong !== undefined) throw new Error(`not well-formed at ${whole}`);
    if (name === undefined) {
      const read = text ?? plain[entity ?? ''] ?? '';
      for (const element of open) element.text += read;
    } else if (closing) {
      if (current.name !== name) throw new Error(`</${name}> closes <${current.name}>`);
      open.pop();
    } else {
      const element = { name, attributes: readAttributes(attributes ?? ''), children: [], text: '' };
      current.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const [root, ...others] = outside.children;
  if (open.length !== 1 || !root || others.length > 0) throw new Error('not one whole element');
  return root;
}

function readAttributes(text: string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (name in read) throw new Error(`${name} is there twice`);
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(value)) throw new Error(`not well-formed at ${value}`);
    read[name] = value.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => plain[entity] ?? '');
  }
  return read;
}

/** The children of that name. */
export const childrenOf = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name);

/** The text of the one child of that name; throws where there is none or another. */
export function textOf(element: Element, name: string): string {
  const [child, ...others] = childrenOf(element, name);
  if (!child || others.length > 0) throw new Error(`${element.name} has not one ${name}`);
  return child.text;
}
