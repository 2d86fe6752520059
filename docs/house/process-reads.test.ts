import { expect, test } from 'vitest';
import { otherReaders, processViolations } from './process-reads.ts';
import { readSources } from './source.ts';

const sources = readSources();

test('entry files alone read the environment and the arguments', () => {
  expect(processViolations(sources)).toEqual([]);
});

test('every exception is still needed', () => {
  const without = processViolations(sources, {});
  for (const path of Object.keys(otherReaders)) {
    expect(without, path).toContainEqual(expect.stringContaining(`${path} `));
  }
});

test.each([
  'const url = process.env.DATABASE_URL;',
  `const url = process.env['DATABASE_URL'];`,
  'const [first] = process.argv.slice(2);',
  'const { env } = process;',
  'run(process);',
  'const key = "env"; const env = process[key];',
])('%s', (text) => {
  expect(processViolations([{ path: 'actions/export/run.ts', text }])).toHaveLength(1);
  expect(processViolations([{ path: 'actions/export/index.ts', text }])).toEqual([]);
});

test('other parts of the process are free', () => {
  const text = `process.stdout.write(String(process.pid)); child.process.env; // process.env`;
  expect(processViolations([{ path: 'actions/export/run.ts', text }])).toEqual([]);
});
