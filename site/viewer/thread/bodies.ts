import type { Body } from '../row.ts';
import { readMarkdown } from './markdown.ts';
import { portionsOf } from './portions.ts';
import { visible } from './visible.ts';

/** What a file's Markdown may take to read, in milliseconds; then the rest of the file is shown as text. */
const budget = 4000;

/** Makes what is shown of texts, a piece a row: answers as Markdown, all else as it was typed. */
export function bodiesOf(now: () => number = () => performance.now()) {
  let spent = 0;
  return (text: string, isMarkdown: boolean): Body[] =>
    portionsOf(visible(text), isMarkdown).map((portion): Body => {
      if (!isMarkdown || spent > budget) return { text: portion };
      const start = now();
      const blocks = readMarkdown(portion);
      spent += now() - start;
      return blocks ? { blocks } : { text: portion };
    });
}
