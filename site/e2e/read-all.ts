/** What was seen of a transcript that was read to its end. */
export interface Seen {
  /** What should not be on a page, whatever is read there. */
  flaws: string[];
  /** All texts of its rows, and the addresses of the links in them. */
  shown: string;
}

/**
 * Reads the transcript on a page from its first row to its last, with everything unfolded, and looks at each row for what
 * is more than text. Runs in the page, so that it stands alone.
 */
export async function readAll(): Promise<Seen> {
  const tags = new Set(
    'article header h3 span a button p bdi div pre code strong em del ins ul ol li blockquote table thead tbody tr th td hr br details summary dl dt dd'.split(
      ' ',
    ),
  );
  const attributes =
    /^(?:class|id|tabindex|role|dir|open|type|start|href|title|rel|target|data-[a-z]+|aria-[a-z]+)$/;
  const unseen =
    /(?![\t\n])\p{Cc}|\p{Bidi_Control}|[\u00ad\u115f\u1160\u200b\u2028\u2029\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;
  const feed = document.querySelector('.feed');
  if (!feed) throw new Error('there is no feed');
  const flaws = new Set<string>();
  const shown = new Map<string, string>();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const pinned = document.querySelector<HTMLElement>('[data-transcript]')?.dataset.address;

  const linkFlaw = (link: HTMLAnchorElement): string | null => {
    const href = link.getAttribute('href') ?? '';
    if (link.closest('.said') === null)
      return href.startsWith('#') || href === pinned ? null : 'a link of ours';
    const { protocol, username } = new URL(href, 'about:blank');
    if (!/^https?:$/.test(protocol) || username !== '') return 'a link';
    return link.rel === 'noopener nofollow ugc' && link.target === '_blank' ? null : 'how a link is followed';
  };
  const look = (row: HTMLElement) => {
    for (const element of [row, ...row.querySelectorAll('*')]) {
      const told = element.outerHTML.slice(0, 200);
      if (!tags.has(element.localName)) flaws.add(`element: ${told}`);
      for (const { name, value } of element.attributes) {
        if (!attributes.test(name)) flaws.add(`${name}: ${told}`);
        if (value.length > 3000) flaws.add(`${name} of ${value.length}: ${told}`);
        if (unseen.test(value)) flaws.add(`${name} hides: ${told}`);
      }
      if (element.id !== '' && document.querySelectorAll(`#${CSS.escape(element.id)}`).length > 1)
        flaws.add(`id twice: ${told}`);
      const flaw = element instanceof HTMLAnchorElement ? linkFlaw(element) : null;
      if (flaw) flaws.add(`${flaw}: ${told}`);
    }
    const links = [...row.querySelectorAll<HTMLElement>('.said a')].map((link) => link.getAttribute('href'));
    const text = row.textContent ?? '';
    if (unseen.test(text))
      flaws.add(`hides: ${text.match(unseen)?.[0].codePointAt(0)?.toString(16)} in ${text.slice(0, 200)}`);
    if (text.length > 400_000) flaws.add(`${text.length} characters in a row`);
    const key = row.dataset.key ?? '';
    if (text.length >= (shown.get(key)?.length ?? 0)) shown.set(key, `${text} ${links.join(' ')}`);
  };

  const folded = () => feed.querySelector('details:not([open]), .group[aria-expanded=false]');
  const empty = () => feed.querySelector('details[open] > .parts:empty');
  /** Unfolds what is folded on the page, and waits until it is there. */
  const unfold = async () => {
    for (const fold of feed.querySelectorAll<HTMLDetailsElement>('details:not([open])')) fold.open = true;
    feed.querySelector<HTMLElement>('.group[aria-expanded=false]')?.click();
    for (let waited = 0; waited < 600 && empty(); waited += 1) await frame();
    if (empty()) flaws.add(`stays folded: ${empty()?.parentElement?.textContent?.slice(0, 100)}`);
  };

  feed.scrollIntoView();
  for (let last = ''; ; ) {
    // Rows are made in the frame after the one in which the page was scrolled.
    do {
      await frame();
      await frame();
      await unfold();
    } while (folded());
    await frame();
    const rows = [...feed.querySelectorAll<HTMLElement>('[data-key]')];
    for (const row of rows) look(row);
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = [...feed.querySelectorAll('[data-key] > *')].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    if (scrollWidth > clientWidth || wide)
      flaws.add(`${scrollWidth} px wide at ${clientWidth}: ${wide?.outerHTML.slice(0, 200)}`);
    const end = rows.at(-1);
    const bottom = end?.getBoundingClientRect().bottom ?? 0;
    const isLast = end?.getAttribute('aria-posinset') === end?.getAttribute('aria-setsize');
    if (isLast && bottom < innerHeight) break;
    const here = `${end?.dataset.key} ${bottom}`;
    if (here === last) {
      if (!isLast) flaws.add(`stuck at row ${end?.getAttribute('aria-posinset')}`);
      break;
    }
    last = here;
    window.scrollBy({ top: innerHeight - 200, behavior: 'instant' });
  }
  return { flaws: [...flaws], shown: [...shown.values()].join('\n') };
}
