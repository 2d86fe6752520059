/** One page of a list and the `Link` header that leads on from it. */
export interface Page<Item> {
  items: Item[];
  headers: Record<string, string>;
}

function numberIn(query: URLSearchParams, name: string, standard: number, most: number): number {
  const value = Number(query.get(name));
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : standard;
}

/** Cuts the page the query asks for: `per_page` 1 to 100 (30 if not said), `page` from 1. */
export function paginate<Item>(items: readonly Item[], query: URLSearchParams, url: string): Page<Item> {
  const perPage = numberIn(query, 'per_page', 30, 100);
  const page = numberIn(query, 'page', 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(items.length / perPage));

  const link = (to: number, rel: string) => {
    const search = new URLSearchParams(query);
    search.set('per_page', String(perPage));
    search.set('page', String(to));
    return `<${url}?${search}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(Math.min(page - 1, last), 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return {
    items: items.slice((page - 1) * perPage, page * perPage),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}
