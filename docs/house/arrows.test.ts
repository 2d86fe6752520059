import { expect, test } from 'vitest';
import { arrowViolations } from './arrows.ts';
import { readSources } from './source.ts';

test('every import of the repository follows the arrows', () => {
  expect(arrowViolations(readSources())).toEqual([]);
  // A thousand files are parsed, on machines that do other things too.
}, 300_000);

test.each([
  ['functions/domain/gist.ts', `import { readFile } from 'node:fs/promises';`],
  ['functions/domain/gist.ts', `import pg from 'pg';`],
  ['functions/domain/gist.ts', `import { query } from '#sql/db.ts';`],
  ['functions/domain/gist.test.ts', `import { query } from '#sql/db.ts';`],
  ['functions/github/gists.ts', `export * from '#sql/db.ts';`],
  ['functions/runtime/runtime.ts', `import { openPool, type Database } from '#sql/pool.ts';`],
  ['functions/api/me.ts', `import { run } from '../../actions/export/run.ts';`],
  ['functions/api/me.ts', `import { Pool } from 'pg';`],
  ['sql/db.ts', `const { createGitHub } = await import('#github/client.ts');`],
  ['actions/export/run.ts', `import { routes } from '../../functions/api/routes.ts';`],
  ['actions/export/run.ts', `import { isTitle } from '../../functions/domain/title.ts';`],
  ['site/pages/index.astro', `---\nimport { findSubmission } from '#sql/queries/moves.ts';\n---\n<p>x</p>`],
  ['site/pages/index.astro', `---\nimport { routes } from '../../functions/api/routes.ts';\n---\n`],
  ['site/published/a.ts', `type Db = import('#sql/db.ts').Db;`],
  ['actions/year/reader/rows.ts', `import { datasetRow } from '#domain/dataset-row.ts';`],
  ['actions/year/reader/rows.ts', `import { isWhole } from '../../export/whole.ts';`],
  ['actions/year/reader/reader.test.ts', `import { mark } from '../sessions.ts';`],
  ['actions/export/run.ts', `import { passDays } from '../year/year.ts';`],
  ['lib/strings.ts', ''],
])('%s: %s', (path, text) => {
  expect(arrowViolations([{ path, text }])).toHaveLength(1);
});

test.each([
  ['functions/domain/gist.ts', `import { z } from 'zod';\nimport { ok } from './result.ts';`],
  ['functions/domain/gist.test.ts', `import { readFileSync } from 'node:fs';`],
  ['functions/runtime/runtime.ts', `import type { Database } from '#sql/db.ts';`],
  ['functions/runtime/runtime.ts', `import { type Database } from '#sql/db.ts';`],
  ['functions/http/locals.ts', `import { routes } from '../api/routes.ts';`],
  ['actions/export/run.ts', `import { flags } from '../flags.ts';\nimport { ok } from '#domain/result.ts';`],
  ['actions/year/people.ts', `import type { World } from '../../functions/api/testing/world.ts';`],
  [
    'actions/year/year.ts',
    `import { run } from '../export/run.ts';\nimport { Reader } from './reader/reader.ts';`,
  ],
  ['site/middleware.ts', `export { onRequest } from '../functions/http/locals.ts';`],
  ['astro.config.mjs', `import { publishedFiles } from './site/published/integration.ts';`],
])('%s may: %s', (path, text) => {
  expect(arrowViolations([{ path, text }])).toEqual([]);
});
