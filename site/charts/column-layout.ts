import { scaleBand, scaleLinear } from 'd3-scale';

/** One of the values that are stacked in each column. */
export interface Series {
  name: string;
  look: Look;
  values: readonly number[];
}

/** How a value is filled. They differ by more than colour. */
export type Look = 'solid' | 'hollow' | 'hatched' | 'dotted';

interface Part {
  look: Look;
  /** Per cent of the width, from the left. */
  x: number;
  width: number;
  /** Pixels from the top. */
  y: number;
  height: number;
}

interface Mark {
  text: string;
  /** Of the place it marks: pixels from the top on the value axis, per cent from the left on the other. */
  at: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface ColumnLayout {
  parts: Part[];
  values: Mark[];
  names: Mark[];
}

/** Fewer columns than this stay as wide as if there were so many. */
const fewest = 6;
/** More names under the columns than this do not fit on a phone. */
const mostNames = 4;

/**
 * Where the columns of a chart stand, one a name, with the values of all series in it one upon the other. Across it is
 * measured in per cent and down in pixels, so that a chart is as wide as there is room and its text keeps its size.
 */
export function layOutColumns(
  names: readonly string[],
  series: readonly Series[],
  { height, text }: { height: number; text: (value: number) => string },
): ColumnLayout {
  const totals = names.map((_, column) => series.reduce((sum, { values }) => sum + (values[column] ?? 0), 0));
  const down = scaleLinear([0, Math.max(...totals, 0) || 1], [height, 0]).nice(4);
  const slots = Math.max(names.length, fewest);
  const across = scaleBand(
    Array.from({ length: slots }, (_, slot) => slot),
    [0, 100],
  ).padding(slots > 30 ? 0.12 : 0.25);
  const left = (column: number) => across(column) ?? 0;

  const parts = names.flatMap((_, column) => {
    let below = 0;
    return series.flatMap(({ look, values }): Part[] => {
      const value = values[column] ?? 0;
      if (value === 0) return [];
      const [bottom, top] = [down(below), down(below + value)];
      below += value;
      // What is there is seen, however small it is.
      const tall = Math.max(bottom - top, 1);
      return [
        {
          look,
          x: rounded(left(column)),
          width: rounded(across.bandwidth()),
          y: rounded(bottom - tall),
          height: rounded(tall),
        },
      ];
    });
  });
  return {
    parts,
    values: down
      .ticks(4)
      .map((value) => ({ text: text(value), at: rounded(down(value)), anchor: 'end' as const })),
    names: namedColumns(names.length).map((column) => ({
      text: names[column] ?? '',
      at: rounded(left(column) + across.bandwidth() / 2),
      anchor: anchorOf(column, names.length),
    })),
  };
}

/** Which columns are named: all of few, else the first, the last and some between. */
function namedColumns(count: number): number[] {
  if (count <= mostNames) return Array.from({ length: count }, (_, column) => column);
  const step = (count - 1) / (mostNames - 1);
  return Array.from({ length: mostNames }, (_, number) => Math.round(number * step));
}

function anchorOf(column: number, count: number): Mark['anchor'] {
  if (count < fewest) return 'middle';
  if (column === 0) return 'start';
  return column === count - 1 ? 'end' : 'middle';
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
