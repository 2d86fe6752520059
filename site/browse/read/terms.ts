import type { Term } from '../files.ts';
import type { ParquetIn } from './parquet-in.ts';

/** The term as the index has it; null where no session has it. */
export async function findTerm(terms: ParquetIn, term: string): Promise<Term | null> {
  const block = await readBlock(terms, blockOf(terms, term));
  return block.find((one) => one.term === term) ?? null;
}

/** Words that begin like this, most sessions first, of the first few hundred terms in the alphabet. */
export async function wordsBeginning(terms: ParquetIn, start: string, most: number): Promise<Term[]> {
  const at = blockOf(terms, start);
  const blocks = await Promise.all([readBlock(terms, at), readBlock(terms, at + 1)]);
  return blocks
    .flat()
    .filter(({ term }) => term.startsWith(start) && isWord(term))
    .sort((a, b) => b.sessions - a.sessions)
    .slice(0, most);
}

/** See facetTerm. */
const isWord = (term: string) => !term.startsWith(':');

/** The block in which a term is, if it is anywhere: the last that does not begin after it. */
function blockOf(terms: ParquetIn, term: string): number {
  const begins: unknown = JSON.parse(terms.keys.get('begins') ?? '[]');
  if (!Array.isArray(begins)) return 0;
  const after = begins.findIndex((begin) => String(begin) > term);
  return Math.max(0, (after < 0 ? begins.length : after) - 1);
}

async function readBlock(terms: ParquetIn, block: number): Promise<Term[]> {
  if (block >= terms.rows) return [];
  const [text] = await terms.column('terms', block, block + 1);
  const lines: unknown = JSON.parse(String(text));
  if (!Array.isArray(lines)) return [];
  return lines.map(([term, sessions, first]) => ({
    term: String(term),
    sessions: Number(sessions),
    first: Number(first),
  }));
}
