/** How long scrolling has to rest until its place is kept, in ms: Safari takes a hundred changes of the history in 30 s. */
const resting = 400;

/**
 * The places somebody has been at: addresses, each with how far down it was. `returned` is told when one is come back to.
 */
export function openPlaces(returned: (top: number) => void) {
  history.scrollRestoration = 'manual';
  /** The address at which typing began, until what was typed is meant. */
  let before: string | null = null;
  let timer = 0;
  const here = () => location.pathname + location.search;
  /** The address that is shown. */
  let shown = here();
  const keep = () => history.replaceState({ top: scrollY }, '');

  addEventListener(
    'scroll',
    () => {
      clearTimeout(timer);
      timer = window.setTimeout(keep, resting);
    },
    { passive: true },
  );
  addEventListener('popstate', () => {
    clearTimeout(timer);
    // Links into this page, such as the one that skips its head, are steps too, and lead to what is shown already.
    if (here() === shown) {
      if (history.state !== null) scrollTo({ top: topOf(history.state), behavior: 'instant' });
      return;
    }
    shown = here();
    before = null;
    returned(topOf(history.state));
  });

  return {
    /** How far down one was here, where the page was left and come back to, or loaded again. */
    top: () => topOf(history.state),
    /** A new place. */
    go(address: string) {
      clearTimeout(timer);
      history.replaceState({ top: scrollY }, '', before ?? here());
      before = null;
      if (address !== here()) history.pushState({ top: scrollY }, '', address);
      shown = here();
    },
    /** The same place under another address, while somebody types. */
    rename(address: string) {
      before ??= here();
      history.replaceState(history.state, '', address);
      shown = here();
    },
  };
}

function topOf(state: unknown): number {
  return typeof state === 'object' && state !== null && 'top' in state ? Number(state.top) || 0 : 0;
}
