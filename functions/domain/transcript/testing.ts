import type { TranscriptEvent } from './event.ts';
import { readTranscript, type TranscriptReading } from './transcript.ts';

/** Reads a whole file's text, in one chunk or in several cut at these places, and keeps its events. */
export function readText(
  text: string,
  cuts: number[] = [],
): TranscriptReading & { events: TranscriptEvent[] } {
  const events: TranscriptEvent[] = [];
  const reading = readTranscript((event) => events.push(event));
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  let start = 0;
  for (const end of [...places, text.length]) {
    reading.push(text.slice(start, end));
    start = end;
  }
  return { ...reading.end(), events };
}

/** JSON lines, as agents write them. */
export function jsonLines(...records: unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
