/** Which sessions are meant: those that fulfil all of it. */
export const selectionFlags = {
  where: {
    type: 'list',
    value: 'FIELD=A,B',
    description:
      'Those whose field is one of these; also != >= <= > <. May be given several times, for all of them',
  },
  license: { type: 'list', value: 'A,B', description: 'Those under one of these licences' },
  'min-tool-calls': { type: 'string', value: 'N', description: 'Those with N tool calls or more' },
  since: {
    type: 'string',
    value: 'TIME',
    description: 'Those approved then or later: 2026-11-22, or with a time',
  },
  until: { type: 'string', value: 'TIME', description: 'Those approved then or earlier' },
  limit: { type: 'string', value: 'N', description: 'The first N of them, in the order of the snapshot' },
  ids: {
    type: 'string',
    value: 'FILE',
    description:
      'Those whose gist ids are in this file: NDJSON, JSON, text, CSV, Parquet or a DuckDB database',
  },
} as const;
