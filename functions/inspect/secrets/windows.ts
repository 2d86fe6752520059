/** A stretch of a text that one probe is to look at, `[start, end)`. */
interface Window {
  probe: number;
  start: number;
  end: number;
}

/** Collects the stretches around anchors in a text of `length` characters; those of one probe that touch become one. */
export function openWindows(length: number) {
  const byProbe = new Map<number, Window[]>();
  return {
    add(probe: number, start: number, end: number) {
      const own = byProbe.get(probe) ?? [];
      byProbe.set(probe, own);
      own.push({ probe, start: Math.max(0, start), end: Math.min(length, end) });
    },
    all: (): Window[] => [...byProbe.values()].flatMap(merged),
  };
}

function merged(windows: Window[]): Window[] {
  windows.sort((one, other) => one.start - other.start);
  const joined: Window[] = [];
  for (const window of windows) {
    const last = joined.at(-1);
    if (last !== undefined && window.start <= last.end) last.end = Math.max(last.end, window.end);
    else joined.push(window);
  }
  return joined;
}
