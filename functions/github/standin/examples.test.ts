import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { standinGistId } from './ids.ts';
import { runningStandin } from './testing.ts';

const examples = join(import.meta.dirname, 'examples');
const logins = readdirSync(examples);
const files = readdirSync(examples, { recursive: true, encoding: 'utf8' });

it('serves the bundled gists of every example login without a complaint', async () => {
  const lines: string[] = [];
  const { getJson } = await runningStandin(examples, { log: (line) => lines.push(line) });
  const listed = await Promise.all(logins.map((login) => getJson(`/users/${login}/gists`)));
  const byLogin = Object.fromEntries(logins.map((login, index) => [login, listed[index].length]));
  expect(byLogin).toEqual({ 'example-ada': 2, 'example-bo': 2, 'example-chen': 2, 'example-dee': 3 });
  for (const gist of listed.flat()) {
    expect(gist.description).not.toBeNull();
    expect(gist.updated_at < '2026-06-01').toBe(true);
  }
  expect(lines).toEqual([]);
});

it('has a secret gist and a fork among them', async () => {
  const { getJson } = await runningStandin(examples);
  const secret = await getJson(`/gists/${standinGistId('example-chen', 'unfinished-draft')}`);
  expect(secret.public).toBe(false);
  const fork = await getJson(`/gists/${standinGistId('example-dee', 'slugify-accents-copy')}`);
  expect(fork.fork_of.id).toBe(standinGistId('example-ada', 'slugify-accents'));
});

it.each(files.filter((name) => /\.jsonl?$/.test(name)))('%s is JSON throughout', (name) => {
  const text = readFileSync(join(examples, name), 'utf8');
  const parts = name.endsWith('.jsonl') ? text.trimEnd().split('\n') : [text];
  for (const part of parts) expect(JSON.parse(part)).toBeTypeOf('object');
});
