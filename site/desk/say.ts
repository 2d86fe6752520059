/** Tells what just happened where it is seen, and to who hears the page; once for each event, never for each second. */
export function say(sentence: string): void {
  document.querySelector('[data-said]')?.replaceChildren(sentence);
}
