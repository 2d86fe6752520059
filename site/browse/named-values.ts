import { type FacetName, facetNames } from './facets.ts';
import type { Summary } from './summary.ts';

/** The values a summary names, facet after facet: their places here are those of together.parquet's rows. */
export function namedValues({ facets }: Pick<Summary, 'facets'>): { facet: FacetName; value: string }[] {
  return facetNames.flatMap((facet) => facets[facet].values.map(({ value }) => ({ facet, value })));
}
