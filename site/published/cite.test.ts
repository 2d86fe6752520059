import { expect, test } from 'vitest';
import { bibtex, citation } from './cite.ts';
import { exampleManifest } from './example-rows.ts';

const cited = { site: 'https://example.org', manifest: exampleManifest(3), sums: 'a'.repeat(64) };

test('a citation names the snapshot, where it is and the hash to know it by', () => {
  const address = 'https://example.org/dataset/snapshots/2026-11-22T06-00-00-000Z/manifest.json';
  for (const text of [citation(cited), bibtex(cited)]) {
    expect(text).toContain(address);
    expect(text).toContain(`SHA-256 of SHA256SUMS`);
    expect(text).toContain(cited.sums);
    expect(text).toContain('3 sessions, log number 2');
  }
});

test('the BibTeX entry has a key, and its braces are even', () => {
  const text = bibtex(cited);
  expect(text).toMatch(/^@misc\{openagentsessions-2026-11-22,\n {2}title = \{\{Open Agent Sessions\}\},\n/);
  expect(text.match(/\{/g)).toHaveLength(text.match(/\}/g)?.length ?? 0);
});
