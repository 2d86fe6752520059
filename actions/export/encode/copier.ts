import type { Sink } from './sink.ts';

/**
 * Checks one value in a row of COPY's text format and writes it as JSON. `from` ends with the row's line end. Returns
 * where the value ends. -1: this is not one of the plain values that it knows for good ones, and nobody may look at
 * what it wrote; the schema itself then decides about the row.
 */
export type Copier = (from: Uint8Array, at: number, to: Sink) => number;

export const tab = 0x09;
export const lineEnd = 0x0a;
export const quote = 0x22;
export const backslash = 0x5c;

export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39;
