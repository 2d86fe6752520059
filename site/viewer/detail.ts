/** A stretch of a long text: whole lines, and where among all of them they stand. */
export interface Stretch {
  text: string;
  /** Number of the first line shown, from 1, of the last one, and of all. */
  from: number;
  to: number;
  of: number;
}

export type DiffLine = [mark: ' ' | '+' | '-' | '@', text: string];

/** A part of what is folded in a row. `field` names a text of the row, so that other stretches of it can be asked for. */
export type Part =
  | { kind: 'command'; text: string }
  | { kind: 'output'; stretch: Stretch; failed: boolean; field: number }
  | { kind: 'file'; path: string; stretch: Stretch; field: number }
  | { kind: 'diff'; path: string; lines: DiffLine[]; cut: boolean }
  | { kind: 'arguments'; entries: { name: string; value: string }[] }
  | { kind: 'text'; stretch: Stretch; field: number }
  | { kind: 'remark'; text: string };
