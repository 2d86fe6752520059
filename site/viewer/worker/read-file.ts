import { isBinary } from '#domain/transcript/binary.ts';
import { readTranscript, type TranscriptReading } from '#domain/transcript/transcript.ts';
import type { FileReport, FileToRead } from '../protocol.ts';
import type { Source } from '../thread/source.ts';
import { openThread, type Taken } from '../thread/thread.ts';
import { isTrouble, type Trouble } from '../trouble.ts';
import { fetchFile } from './fetch-file.ts';
import { openDecoder, textOf } from './file-text.ts';

/** A file that is being read. */
export interface Reading {
  /** Its rows so far; the list grows. */
  sources: readonly Source[];
  /** The report when all was read and is what git names, and the bytes; else what is wrong. */
  end: Promise<{ report: FileReport; bytes: Uint8Array } | Trouble>;
}

/** Characters read before the page is told of the rows so far. */
const portion = 64 * 1024;

/**
 * Reads one file: fetches it, makes rows of its events and tells of them as they come, and checks at its end that it was
 * the right one. A file in which no session is recognised becomes one row, all of its text.
 */
export function readFile(
  file: number,
  source: FileToRead,
  nextKey: () => number,
  onRows: (rows: Taken, bytes: number) => void,
): Reading {
  const thread = openThread(file, nextKey);
  const transcript = readTranscript(thread.add);
  const decoder = openDecoder();
  let bytes = 0;
  const take = (text: string) => {
    for (let start = 0; start < text.length; start += portion) {
      transcript.push(text.slice(start, start + portion));
      onRows(thread.take(), bytes);
    }
  };
  const read = async () => {
    const fetched = await fetchFile(source, (chunk) => {
      bytes += chunk.length;
      take(decoder.push(chunk));
    });
    if (isTrouble(fetched)) return fetched;
    take(decoder.end());
    const reading = transcript.end();
    thread.end();
    const text = textOf(fetched);
    if (reading.summary === null && text !== '' && !isBinary(text)) thread.text(text);
    onRows(thread.take(), bytes);
    return { bytes: fetched, report: reportOf(reading, thread.counts(), text) };
  };
  return { sources: thread.sources, end: read() };
}

function reportOf(
  { summary, problems }: TranscriptReading,
  counts: FileReport['counts'],
  text: string,
): FileReport {
  const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return {
    session: summary && {
      format: summary.format,
      agent: summary.agent,
      agentVersion: summary.agentVersion,
      rendered: summary.rendered,
      truncated: summary.truncated ?? false,
      inputTokens: summary.inputTokens,
      outputTokens: summary.outputTokens,
    },
    counts,
    lines,
    problems,
  };
}
