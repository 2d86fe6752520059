import type { Sample, TranscriptFormat } from './format.ts';
import { formats } from './formats/registry.ts';

/** The format a file is in, by the surest claim; of two equal ones the earlier in the registry. Null: no session. */
export function recogniseFormat(sample: Sample): TranscriptFormat | null {
  let likely: TranscriptFormat | null = null;
  for (const format of formats) {
    if ((format.unit === 'line') !== (sample.head !== '')) continue;
    const confidence = format.recognise(sample);
    if (confidence === 'certain') return format;
    if (confidence === 'likely') likely ??= format;
  }
  return likely;
}
