import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCommandLine, usage } from './command-line.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'standin-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

it('starts on 4399 without faults if nothing else is said', () => {
  expect(readCommandLine(['--gists', dir])).toEqual({
    kind: 'start',
    port: 4399,
    gistsDir: dir,
    accounts: [],
    faults: [],
    hourlyLimit: undefined,
  });
});

it('takes repeated faults and accounts', () => {
  const args = ['--gists', dir, '--fault', 'down:raw', '--fault', 'slow=10', '--account', 'a', '--port', '0'];
  expect(readCommandLine(args)).toMatchObject({ port: 0, faults: ['down:raw', 'slow=10'], accounts: ['a'] });
});

it('helps before it refuses, and lists the faults', () => {
  expect(readCommandLine(['--help'])).toEqual({ kind: 'help' });
  expect(usage).toContain('raw_other_bytes');
});

it.each([
  ['an unknown fault', ['--fault', 'nope'], 'The stand-in has no fault "nope".'],
  ['a port that is none', ['--port', '99999'], '--port takes a number from 0 to 65535, not "99999".'],
  ['a limit that is none', ['--hourly-limit', '0'], '--hourly-limit takes a number from 1, not "0".'],
  ['an unknown flag', ['--nope'], "Unknown option '--nope'"],
])('refuses %s in a sentence', (_, args, sentence) => {
  const command = readCommandLine(['--gists', dir, ...args]);
  expect(command).toEqual({ kind: 'refused', sentence: expect.stringContaining(sentence) });
});

it('refuses to start without a folder or with one that is not there', () => {
  expect(readCommandLine([])).toEqual({ kind: 'refused', sentence: expect.stringContaining('--gists DIR') });
  const missing = join(dir, 'missing');
  expect(readCommandLine(['--gists', missing])).toEqual({
    kind: 'refused',
    sentence: expect.stringContaining(`There is no folder ${missing}`),
  });
});
