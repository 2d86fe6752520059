import { expect, test } from 'vitest';
import { addressReaders, spreadsheetWriters } from './one-parser.ts';
import { readSources } from './source.ts';

const sources = readSources();

test('every address is read by the one parser that also asks for it', () => {
  expect(addressReaders(sources)).toEqual([]);
});

test('nothing is written for spreadsheets', () => {
  expect(spreadsheetWriters(sources)).toEqual([]);
});

test.each([
  "import { parse } from 'node:url';",
  "import url from 'node:url';",
  "import { parse } from 'url';",
  "import parse from 'url-parse';",
  "import querystring from 'node:querystring';",
])('%s is another parser', (text) => {
  expect(addressReaders([{ path: 'functions/x.ts', text }])).toHaveLength(1);
});

test('paths of files are no addresses', () => {
  const text = "import { fileURLToPath, pathToFileURL } from 'node:url'; new URL('https://x.test');";
  expect(addressReaders([{ path: 'functions/x.ts', text }])).toEqual([]);
});

test.each([
  "headers.set('content-type', 'text/csv')",
  "writeFile('log.csv')",
  'copy x to stdout (format csv)',
])('%s is for a spreadsheet', (text) => {
  expect(spreadsheetWriters([{ path: 'functions/x.ts', text }])).toHaveLength(1);
});
