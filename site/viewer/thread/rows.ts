import type { Row, RowKind } from '../row.ts';
import type { Source } from './source.ts';
import type { Taken } from './thread.ts';

interface Place {
  line: number;
  at?: string | null | undefined;
}

/** Keeps a file's rows, and which of them the page has not been told of as they are now. */
export function openRows(file: number, nextKey: () => number) {
  const sources: Source[] = [];
  const perLine = new Map<number, number>();
  let told = 0;
  const changed = new Set<Source>();

  return {
    sources: sources as readonly Source[],
    add(kind: RowKind, place: Place, under: Source | null, more: Partial<Row>, text = ''): Source {
      const nth = (perLine.get(place.line) ?? 0) + 1;
      perLine.set(place.line, nth);
      const row: Row = {
        key: nextKey(),
        file,
        line: place.line,
        nth,
        kind,
        under: under?.row.key ?? null,
        at: place.at ?? null,
        turn: null,
        counted: false,
        title: '',
        brief: '',
        body: null,
        result: null,
        target: null,
        ...more,
      };
      const source: Source = { row, text, first: null, input: undefined, results: [] };
      sources.push(source);
      return source;
    },
    /** To be called when a row is no longer as it was. */
    change(source: Source) {
      changed.add(source);
    },
    take(): Taken {
      const added = sources.slice(told).map(({ row }) => row);
      const firstNew = added[0]?.key ?? Number.POSITIVE_INFINITY;
      const again = [...changed].map(({ row }) => row).filter(({ key }) => key < firstNew);
      told = sources.length;
      changed.clear();
      return { added, changed: again };
    },
  };
}
export type Rows = ReturnType<typeof openRows>;
