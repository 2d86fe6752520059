import { randomUUID } from 'node:crypto';
import { registerHooks } from 'node:module';
import { expect, test } from 'vitest';
import type { Source } from './source.ts';
import { readWorkflows } from './workflows.ts';

// The package imports its schema as bundlers take it; Node wants to be told that it is JSON.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return specifier.endsWith('.json') ? { ...resolved, importAttributes: { type: 'json' } } : resolved;
  },
});
const { validate } = await import('@actions/languageservice');

/** What GitHub's own language service says of a workflow, a line each. */
async function diagnostics({ path, text }: Source): Promise<string[]> {
  // It asks for nothing but the whole text.
  const unasked = () => {
    throw new Error('the linter asks for a part of the text');
  };
  const document = {
    // It remembers what it read by its address.
    uri: `file:///${randomUUID()}/${path}`,
    languageId: 'yaml',
    version: 1,
    lineCount: text.split('\n').length,
    getText: (range?: object) => (range ? unasked() : text),
    positionAt: unasked,
    offsetAt: unasked,
    getLineRange: unasked,
    getEOLCharacters: unasked,
  };
  const found = await validate(document);
  return found.map(({ message, range }) => `${path}:${range.start.line + 1} ${message}`);
}

const workflows = readWorkflows();

test.each(workflows)("GitHub's own linter has nothing against $path", async (source) => {
  expect(await diagnostics(source)).toEqual([]);
});

test.each([
  ['runs-on: ubuntu-24.04', 'run-on: ubuntu-24.04', 'Unexpected value'],
  ['timeout-minutes: 30', 'timeout-minutes: soon', 'Unexpected value'],
  ['cron: "52 * * * *"', 'cron: "52 * * *"', 'Invalid cron'],
  ['contents: read', 'contents: all', 'Unexpected value'],
  ['secrets.DATABASE_URL', 'secret.DATABASE_URL', 'Unrecognized named-value'],
  ['queue: max', 'queue: min', 'Unexpected value'],
])('it has something against %s being %s', async (right, wrong, message) => {
  const removals = workflows.find(({ path }) => path.endsWith('/removals.yml'));
  if (removals === undefined) throw new Error('there is no removals.yml');
  expect(removals.text).toContain(right);
  const found = await diagnostics({ ...removals, text: removals.text.replace(right, wrong) });
  expect(found.join('\n')).toContain(message);
});
