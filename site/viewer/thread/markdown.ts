import { Lexer, type Token, type Tokens } from 'marked';
import { readReferences } from '#domain/transcript/formats/html-text.ts';
import type { Block, Inline } from '../row.ts';
import { visible } from './visible.ts';

/** Rows of a table that are shown as one; longer ones stay text. */
const maxTableRows = 60;
/** Nested deeper, it stays text. */
const maxDepth = 8;

/**
 * Reads the subset of Markdown that is shown (https://github.github.com/gfm/): headings, lists, quotes, code, tables,
 * emphasis and links to http and https. HTML stays text, images are told, and so is what Markdown would hide: titles,
 * definitions, and cells beyond a table's columns. Null for what cannot be read, such as quotes nested a thousand deep.
 */
export function readMarkdown(text: string): Block[] | null {
  try {
    return blocksOf(new Lexer({ gfm: true }).lex(text), 0);
  } catch {
    // Deep nesting overflows the stack, and browsers tell it by different errors. As text it can be read all the same.
    return null;
  }
}

function blocksOf(tokens: readonly Token[], depth: number): Block[] {
  return tokens.flatMap((token): Block[] => {
    switch (token.type) {
      case 'space':
      case 'checkbox':
        return [];
      case 'hr':
        return [{ kind: 'rule' }];
      case 'heading':
        return [{ kind: 'heading', level: (token as Tokens.Heading).depth, inlines: inlinesOf(token) }];
      case 'code':
        return [codeOf(token as Tokens.Code)];
      case 'blockquote':
        if (depth >= maxDepth) return [paragraph(token.raw)];
        return [{ kind: 'quote', blocks: blocksOf(token.tokens ?? [], depth + 1) }];
      case 'list':
        if (depth >= maxDepth) return [paragraph(token.raw)];
        return [listOf(token as Tokens.List, depth)];
      case 'table':
        return [tableOf(token as Tokens.Table)];
      case 'paragraph':
      case 'text':
        return [{ kind: 'paragraph', inlines: inlinesOf(token) }];
      default:
        return [paragraph(token.raw)];
    }
  });
}

const paragraph = (raw: string): Block => ({ kind: 'paragraph', inlines: [raw.trim()] });

/** What stands behind a fence and is no language's name is part of the text. */
function codeOf({ lang = '', text }: Tokens.Code): Block {
  return languageName.test(lang)
    ? { kind: 'code', language: lang, text }
    : { kind: 'code', language: '', text: `${shown(lang)}\n${text}` };
}
const languageName = /^[\w+#.-]{0,30}$/;

function listOf(list: Tokens.List, depth: number): Block {
  const items = list.items.map((item): Block[] => {
    const blocks = blocksOf(item.tokens, depth + 1);
    if (!item.task) return blocks;
    const [first, ...rest] = blocks;
    const box = item.checked ? '☑ ' : '☐ ';
    return first?.kind === 'paragraph'
      ? [{ kind: 'paragraph', inlines: [box, ...first.inlines] }, ...rest]
      : [{ kind: 'paragraph', inlines: [box] }, ...blocks];
  });
  return { kind: 'list', start: list.ordered ? Number(list.start) || 1 : null, items };
}

function tableOf(table: Tokens.Table): Block {
  if (table.rows.length > maxTableRows || hasMoreCells(table))
    return { kind: 'code', language: '', text: table.raw };
  const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => inlinesOf(cell));
  return { kind: 'table', head: cells(table.header), rows: table.rows.map(cells) };
}

/** Whether a row has cells beyond the columns, which no table shows. */
function hasMoreCells({ raw, header }: Tokens.Table): boolean {
  return raw
    .split('\n')
    .map((row) => row.trim().replace(/^\||\|$/g, ''))
    .some((row) => row.split(cellEnd).length > header.length);
}
const cellEnd = /(?<!(?<!\\)\\)\|/;

/** Text with its character references read: what they stand for may have to be made visible, too. */
const shown = (text: string): string => visible(readReferences(text));

function inlinesOf(
  token: { tokens?: Token[] | undefined; raw?: string; text?: string },
  depth = 0,
): Inline[] {
  if (token.tokens === undefined || depth > maxDepth) return [shown(token.text ?? token.raw ?? '')];
  return token.tokens.flatMap((inline): Inline[] => {
    switch (inline.type) {
      case 'strong':
        return [{ kind: 'strong', inlines: inlinesOf(inline, depth + 1) }];
      case 'em':
        return [{ kind: 'emphasis', inlines: inlinesOf(inline, depth + 1) }];
      case 'del':
        return [{ kind: 'deleted', inlines: inlinesOf(inline, depth + 1) }];
      case 'codespan':
        return [{ kind: 'code', text: (inline as Tokens.Codespan).text }];
      case 'br':
        return [{ kind: 'break' }];
      case 'link': {
        const inlines = inlinesOf(inline, depth + 1);
        const href = webAddress((inline as Tokens.Link).href);
        return href === null
          ? [inline.raw]
          : [{ kind: 'link', href, inlines }, ...titleOf(inline as Tokens.Link)];
      }
      case 'image': {
        const { text, href } = inline as Tokens.Image;
        const image: Inline = { kind: 'image', alt: shown(text), href: webAddress(href) };
        // Where else it lies is not told by a link, so as it is written.
        return image.href === null ? [image, ` ${inline.raw}`] : [image, ...titleOf(inline as Tokens.Image)];
      }
      case 'escape':
        return [(inline as Tokens.Escape).text];
      case 'text':
        return inline.tokens ? inlinesOf(inline, depth + 1) : [shown((inline as Tokens.Text).text)];
      default:
        return [inline.raw];
    }
  });
}

/** The title of a link or an image, unless it stands with the definition. */
function titleOf({ raw, title }: Tokens.Link | Tokens.Image): Inline[] {
  return title && raw.includes(title) ? [` (${shown(title)})`] : [];
}

/** Longest address a link may have. */
const maxHref = 2000;

/** An absolute address of the web, as a browser reads it; null for every other scheme and for none. */
function webAddress(href: string): string | null {
  if (href.length > maxHref || !/^https?:\/\//i.test(href)) return null;
  const url = URL.parse(href);
  // Who is named before an @ is not where it leads.
  return url === null || url.username !== '' || url.password !== '' ? null : url.href;
}
