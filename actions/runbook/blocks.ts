/** What is to be typed, as a document has it: the lines between fences whose info begins with `sh` and a place. */
export interface Block {
  /** Whose terminal it is for. */
  place: 'yours' | 'server';
  /** What else the fence says: what it needs, or what may become of it. */
  notes: readonly string[];
  /** The heading it stands under. */
  title: string;
  text: string;
}

/** The blocks of a Markdown document that say where they are typed, in their order. Others are for people alone. */
export function blocksOf(markdown: string): Block[] {
  const parts = markdown.matchAll(/^(#+) (.+)$|^```sh (yours|server)([a-z -]*)\n([\s\S]*?)^```$/gm);
  const blocks: Block[] = [];
  let title = '';
  for (const [, level, heading = '', place, notes = '', text = ''] of parts) {
    if (level !== undefined) title = heading;
    else if (place === 'yours' || place === 'server')
      blocks.push({ place, notes: notes.trim().split(' ').filter(Boolean), title, text });
  }
  return blocks;
}
