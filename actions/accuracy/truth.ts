import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of a corpus, and what is true of it, by its INDEX.tsv. An empty cell is unknown. */
export interface TruthRow {
  path: string;
  provenance: string;
  /** Words for what a correct detector answers. */
  expected: string;
  cells: Readonly<Record<TruthColumn, string>>;
}

/** The columns compared, as INDEX.tsv names them. */
export const truthColumns = [
  'models',
  'version',
  'session_ids',
  'user_prompts',
  'assistant_messages',
  'tool_calls',
  'tool_names',
  'first_ts',
  'last_ts',
  'input_tokens',
  'output_tokens',
] as const;
export type TruthColumn = (typeof truthColumns)[number];

/** Reads the INDEX.tsv of a corpus: tab-separated, one row a file, its first line the columns' names. */
export async function readTruth(corpus: string): Promise<TruthRow[]> {
  const text = await readFile(join(corpus, 'INDEX.tsv'), 'utf8');
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = head.split('\t');
  return lines.map((line) => {
    const values = line.split('\t');
    const cell = (name: string) => values[names.indexOf(name)] ?? '';
    return {
      path: cell('path'),
      provenance: cell('provenance'),
      expected: cell('expected_detection'),
      cells: Object.fromEntries(truthColumns.map((name) => [name, cell(name)])) as TruthRow['cells'],
    };
  });
}
