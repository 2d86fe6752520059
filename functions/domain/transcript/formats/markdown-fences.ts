/** The lines of a Markdown text that are outside of fenced code, without spaces at their ends. */
export function unfenced(markdown: string): string[] {
  let fence = '';
  return markdown.split('\n').flatMap((line) => {
    const words = line.trimEnd();
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(words)?.[1] ?? '';
    if (mark === '') return fence === '' ? [words] : [];
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && words.trim() === mark) fence = '';
    return [];
  });
}
