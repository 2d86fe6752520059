import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

/** Parts of a tree of HTML, as far as they are looked at here. */
interface Part {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Part[];
}

/** Nothing a reader of text could use. */
const left = new Set(['form', 'button', 'script', 'style', 'svg', 'template', 'noscript', 'input', 'select']);

/**
 * What a page says, in Markdown: its `main` part, without forms and what scripts work on, with whole addresses. Text in
 * it stays text, whatever it holds. `address` is the page's own. Throws where a page has no such part.
 */
export async function pageMarkdown(html: string, address: URL): Promise<string> {
  const text = await unified()
    .use(rehypeParse)
    .use(() => (tree: Part) => {
      const main = mainOf(tree);
      if (main === undefined) throw new Error(`${address.pathname} has no main part.`);
      tidy(main, address);
      tree.children = main.children ?? [];
    })
    .use(rehypeRemark)
    .use(remarkGfm, { tablePipeAlign: false })
    .use(remarkStringify, { bullet: '-', rule: '-' })
    .process(html);
  return String(text);
}

function mainOf(part: Part): Part | undefined {
  if (part.tagName === 'main') return part;
  for (const child of part.children ?? []) {
    const found = mainOf(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tidy(part: Part, address: URL): void {
  if (part.type === 'text') part.value = plain(part.value ?? '');
  const href = part.properties?.href;
  if (part.properties && typeof href === 'string')
    part.properties.href = URL.parse(href, address)?.href ?? href;
  // Texts have no such list, and are taken for something else when they get one.
  if (part.children === undefined) return;
  part.children = part.children.filter(
    ({ tagName, properties }) =>
      !left.has(tagName ?? '') && properties?.ariaHidden !== 'true' && !properties?.hidden,
  );
  if (part.tagName === 'td' || part.tagName === 'th') part.children = part.children.flatMap(inLine);
  for (const child of part.children) tidy(child, address);
}

/** A part of a cell with its lists in one line: a table of Markdown ends where a line does. */
function inLine(part: Part): Part[] {
  const children = part.children?.flatMap(inLine);
  if (part.tagName === 'li') return [{ type: 'text', value: ' · ' }, ...(children ?? [])];
  return [{ ...part, ...(children && { children }), ...(part.tagName === 'ul' && { tagName: 'span' }) }];
}

/**
 * A text without what on the page its element keeps from turning the text around it, which Markdown cannot, and with spaces
 * for what some readers of Markdown take for the end of a line.
 */
function plain(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|(?!\u200d)\p{Cf}/gu, '').replace(/[\p{Zl}\p{Zp}]/gu, ' ');
}
