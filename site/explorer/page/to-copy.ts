import { part } from './part.ts';

/** A text with a button that copies it. */
export function openToCopy(root: HTMLElement) {
  const code = part(root, 'code');
  const copy = part(root, '[data-copy]');
  copy.addEventListener('click', async () => {
    const done = await navigator.clipboard.writeText(code.textContent ?? '').then(
      () => true,
      () => false,
    );
    copy.textContent = done ? 'Copied' : 'Not allowed';
  });
  return {
    /** Null leaves no text to copy. */
    show(text: string | null) {
      root.hidden = false;
      code.textContent = text;
      copy.textContent = 'Copy';
      copy.hidden = part(root, 'pre').hidden = text === null;
    },
  };
}
