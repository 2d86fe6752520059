import type { Block, Body, Inline } from '../row.ts';
import { element } from './element.ts';

/** Shows what a row says. */
export function bodyElement(body: Body): HTMLElement {
  if ('text' in body) return element('p', { class: 'said plain', dir: 'auto' }, body.text);
  return element('div', { class: 'said', dir: 'auto' }, ...body.blocks.map(blockElement));
}

function blockElement(block: Block): HTMLElement {
  switch (block.kind) {
    case 'paragraph':
      return element('p', {}, ...inlineNodes(block.inlines));
    case 'heading':
      // The page's own headings end above; these are of the session, one level under the row's.
      return element(
        'p',
        { role: 'heading', 'aria-level': '4', class: 'heading' },
        ...inlineNodes(block.inlines),
      );
    case 'code':
      return element(
        'pre',
        { tabindex: '0', role: 'group', 'aria-label': codeName(block.language) },
        block.text,
      );
    case 'list': {
      const items = block.items.map((blocks) => element('li', {}, ...blocks.map(blockElement)));
      if (block.start === null) return element('ul', {}, ...items);
      return element('ol', { start: String(block.start) }, ...items);
    }
    case 'quote':
      return element('blockquote', {}, ...block.blocks.map(blockElement));
    case 'table':
      return tableElement(block);
    case 'rule':
      return element('hr', {});
  }
}

const codeName = (language: string): string =>
  /^[\w+#.-]{1,30}$/.test(language) ? `Code, ${language}` : 'Code';

function tableElement({ head, rows }: Extract<Block, { kind: 'table' }>): HTMLElement {
  const cells = (tag: 'th' | 'td', row: Inline[][]) =>
    row.map((cell) => element(tag, {}, ...inlineNodes(cell)));
  return element(
    'div',
    { class: 'wide', tabindex: '0', role: 'group', 'aria-label': 'Table' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...cells('th', head))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells('td', row)))),
    ),
  );
}

function inlineNodes(inlines: readonly Inline[]): (Node | string)[] {
  return inlines.map((inline) => (typeof inline === 'string' ? inline : inlineElement(inline)));
}

function inlineElement(inline: Exclude<Inline, string>): HTMLElement {
  switch (inline.kind) {
    case 'strong':
      return element('strong', {}, ...inlineNodes(inline.inlines));
    case 'emphasis':
      return element('em', {}, ...inlineNodes(inline.inlines));
    case 'deleted':
      return element('del', {}, ...inlineNodes(inline.inlines));
    case 'code':
      return element('code', {}, inline.text);
    case 'break':
      return element('br', {});
    case 'link':
      return linkElement(inline.href, ...inlineNodes(inline.inlines));
    case 'image': {
      const words = `Image, not loaded${inline.alt === '' ? '' : `: ${inline.alt}`}`;
      return inline.href === null
        ? element('span', { class: 'absent' }, words)
        : linkElement(inline.href, words);
    }
  }
}

/** A link out of a session: never counted as ours, never told where it was followed from, and its address can be seen. */
function linkElement(href: string, ...children: (Node | string)[]): HTMLElement {
  return element('a', { href, title: href, rel: 'noopener nofollow ugc', target: '_blank' }, ...children);
}
