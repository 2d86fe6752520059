const filters = ['waiting', 'agent', 'flag', 'sort'] as const;
type Filter = (typeof filters)[number];
export type QueueQuery = Partial<Record<Filter | 'after', string>>;

/** What of the page's own query is for the queue; a field of its form that was left empty is none. */
export function queueQuery(params: URLSearchParams): QueueQuery {
  const asked = [...filters, 'after'].map((name) => [name, params.get(name)]);
  return Object.fromEntries(asked.filter(([, value]) => value));
}

/** An address with this query, of the queue's page or of its endpoint. */
export function queueAddress(path: string, query: QueueQuery & { case?: string }): string {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined));
  return params.size > 0 ? `${path}?${params}` : path;
}

/** Is a part of the queue shown, and not all of it? */
export function isFiltered(query: QueueQuery): boolean {
  return query.waiting !== undefined || query.agent !== undefined || query.flag !== undefined;
}
