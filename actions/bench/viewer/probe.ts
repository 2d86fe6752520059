/** What happened while a page was scrolled. */
export interface Frames {
  /** Milliseconds from one frame to the next. */
  intervals: number[];
  /** Milliseconds of each task that took longer than 50. */
  longTasks: number[];
}

/** What `installProbe` leaves in the page. */
export interface Probe {
  /** When a row was first on the screen, the first one and the one that tells that all is there; ms since 1970. */
  shown: { first: number | null; whole: number | null };
  /** Begins to collect frames; the answer ends it. */
  collect(): () => Frames;
  /** Puts the scroller to `count` places far from each other, a place every other frame. */
  jump(scroller: string | null, count: number): Promise<Frames>;
  /** Most elements and nodes in the document at any frame, with a stop at each hundredth of the scroller. */
  count(scroller: string | null): Promise<{ elements: number; nodes: number }>;
  /** How far it can be scrolled, and how far it is, in pixels. */
  scrolled(scroller: string | null): { top: number; most: number };
  /** Milliseconds from the next input to the frame that shows this element changed. */
  answer(selector: string): Promise<number>;
}

/**
 * Runs in the page before its own scripts. A time "on the screen" is taken in the task after the frame that follows the
 * change, so it is never too early and at most one frame late.
 */
export function installProbe({ first, whole }: { first: string; whole: string }): void {
  const afterFrame = (then: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  const elementOf = (scroller: string | null): Element =>
    (scroller === null ? document.scrollingElement : document.querySelector(scroller)) ?? document.body;
  const mostOf = (element: Element) => element.scrollHeight - element.clientHeight;

  const waiting = new Map<'first' | 'whole', string>([
    ['first', first],
    ['whole', whole],
  ]);
  const watch = new MutationObserver(() => {
    for (const [name, selector] of waiting) {
      if (!document.querySelector(selector)) continue;
      waiting.delete(name);
      afterFrame(() => {
        probe.shown[name] = Date.now();
      });
    }
    if (waiting.size === 0) watch.disconnect();
  });
  watch.observe(document, { childList: true, subtree: true });

  const probe: Probe = {
    shown: { first: null, whole: null },
    collect() {
      const intervals: number[] = [];
      const longTasks: number[] = [];
      const tasks = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(duration);
      });
      tasks.observe({ type: 'longtask' });
      let last = performance.now();
      let next = requestAnimationFrame(function tick() {
        const now = performance.now();
        intervals.push(now - last);
        last = now;
        next = requestAnimationFrame(tick);
      });
      return () => {
        cancelAnimationFrame(next);
        for (const { duration } of tasks.takeRecords()) longTasks.push(duration);
        tasks.disconnect();
        return { intervals, longTasks };
      };
    },
    async jump(scroller, count) {
      const element = elementOf(scroller);
      const end = probe.collect();
      for (let i = 1; i <= count; i += 1) {
        // Multiples of the golden ratio, less their whole part, are far from each other and reach everywhere.
        element.scrollTop = ((i * 0.618_034) % 1) * mostOf(element);
        await frame();
        await frame();
      }
      return end();
    },
    async count(scroller) {
      const element = elementOf(scroller);
      const most = { elements: 0, nodes: 0 };
      let changed = true;
      const changes = new MutationObserver(() => {
        changed = true;
      });
      changes.observe(document, { childList: true, subtree: true });
      for (let i = 0; i <= 100; i += 1) {
        element.scrollTop = (i / 100) * mostOf(element);
        for (let frames = 0; frames < 3; frames += 1) {
          await frame();
          // To count a million nodes takes a while.
          if (!changed) continue;
          changed = false;
          const all = document.createTreeWalker(document);
          let nodes = 1;
          while (all.nextNode()) nodes += 1;
          most.nodes = Math.max(most.nodes, nodes);
          most.elements = Math.max(most.elements, document.getElementsByTagName('*').length);
        }
      }
      changes.disconnect();
      return most;
    },
    scrolled(scroller) {
      const element = elementOf(scroller);
      return { top: element.scrollTop, most: mostOf(element) };
    },
    answer: (selector) =>
      new Promise((resolve) => {
        let typed = Number.NaN;
        document.addEventListener(
          'input',
          () => {
            typed = performance.now();
            const told = document.querySelector(selector);
            if (!told) return;
            const changes = new MutationObserver(() => {
              changes.disconnect();
              afterFrame(() => resolve(performance.now() - typed));
            });
            changes.observe(told, { childList: true, subtree: true, characterData: true });
          },
          { capture: true, once: true },
        );
      }),
  };
  Object.assign(globalThis, { probe });
}
