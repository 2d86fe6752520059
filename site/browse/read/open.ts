import type { AsyncBuffer } from 'hyparquet';
import { columnFacets, measures } from '../facet-columns.ts';
import type { BrowseFile, FileSize } from '../files.ts';
import type { Summary } from '../summary.ts';
import { openParquet, type ParquetIn } from './parquet-in.ts';

/** The browse files of a snapshot, each opened when it is first asked for. */
export interface Browse {
  summary: Summary;
  cards(): Promise<ParquetIn>;
  facets(): Promise<ParquetIn>;
  terms(): Promise<ParquetIn>;
  postings(): Promise<ParquetIn>;
  together(): Promise<ParquetIn>;
}

/** `file` gives a browse file by its name and size in bytes. */
export function openBrowse(summary: Summary, file: (name: BrowseFile, bytes: number) => AsyncBuffer): Browse {
  const once = (name: BrowseFile, columns: readonly string[]) => {
    let opened: Promise<ParquetIn> | null = null;
    return () => {
      opened ??= open(name, columns).catch((error: unknown) => {
        opened = null;
        throw error;
      });
      return opened;
    };
  };
  const open = (name: BrowseFile, columns: readonly string[]): Promise<ParquetIn> => {
    const size: FileSize | undefined = summary.files?.[name];
    if (size === undefined) throw new Error('an empty index has no browse files');
    return openParquet(file(name, size.bytes), size.footer, columns);
  };
  return {
    summary,
    cards: once('cards.parquet', ['card']),
    facets: once('facets.parquet', [...columnFacets, ...measures]),
    terms: once('terms.parquet', ['terms']),
    postings: once('postings.parquet', ['row']),
    together: once('together.parquet', ['counts']),
  };
}
