import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { marked, type Token } from 'marked';
import sharp from 'sharp';
import { expect, inject, test } from 'vitest';
import { agentIds } from '#domain/transcript/agent.ts';
import { gistIdOf } from '#sql/testing-rows.ts';
import { useBrowser } from './browser.ts';
import { builtFaces, hostileTitles, sessions } from './built-faces.ts';
import { addressesIn, atomOf, textsIn } from './check-xml.ts';
import { jsonFeed } from './json-feed-shape.ts';
import { pageRoutes } from './page-routes.ts';

const site = builtFaces();
const open = useBrowser();

const ask = (address: string, init?: RequestInit) => fetch(new URL(address, site.address), init);
const textAt = async (path: string) => {
  const answer = await ask(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const jsonAt = async (path: string) => JSON.parse(await textAt(path));

const hostile = hostileTitles.map((_, index) => gistIdOf(sessions - index));
const mainPages = {
  '/': '/index.md',
  '/sessions': '/sessions.md',
  '/dataset': '/dataset.md',
  '/contribute': '/contribute.md',
  '/policy': '/policy.md',
  '/privacy': '/privacy.md',
};

/** Addresses of ours that do not answer 200, each once; pages for who is signed in say so. */
async function brokenOf(addresses: readonly string[]): Promise<string[]> {
  const broken: string[] = [];
  for (const address of new Set(addresses)) {
    if (!address.startsWith(`${site.address}/`) && address !== site.address) continue;
    const answer = await ask(address);
    await answer.arrayBuffer();
    const expected = ['/mine', '/account'].includes(new URL(address).pathname) ? 401 : 200;
    if (answer.status !== expected) broken.push(`${answer.status} ${address}`);
  }
  return broken;
}

/** Tokens of Markdown and those within them. */
function allTokens(tokens: Token[]): Token[] {
  const all: Token[] = [];
  void marked.walkTokens(tokens, (token) => {
    all.push(token);
  });
  return all;
}

test.each([
  ['/feed.xml', 50, 'tag:127.0.0.1,2026:sessions'],
  ['/feeds/pi.xml', 5, 'tag:127.0.0.1,2026:sessions/pi'],
  ['/feeds/hermes.xml', 0, 'tag:127.0.0.1,2026:sessions/hermes'],
])('%s is Atom, with %i sessions', async (path, count, id) => {
  using feed = atomOf(await textAt(path));
  expect(textsIn(feed, '/a:feed/a:id')).toEqual([id]);
  expect(textsIn(feed, '/a:feed/a:link[@rel="self"]/@href')).toEqual([site.address + path]);
  const ids = textsIn(feed, '//a:entry/a:id');
  expect([ids.length, new Set(ids).size]).toEqual([count, count]);
  expect(textsIn(feed, '//a:entry/a:link[@rel="alternate"]/@href')).toHaveLength(count);
  const times = textsIn(feed, '//a:entry/a:updated');
  expect(times).toEqual([...times].sort().reverse());
  expect(await brokenOf(textsIn(feed, '//@href | //a:uri'))).toEqual([]);
});

test.each([
  ['/feed.json', 50],
  ['/feeds/pi.json', 5],
  ['/feeds/hermes.json', 0],
])('%s is JSON Feed 1.1, with %i sessions', async (path, count) => {
  const feed = jsonFeed.parse(await jsonAt(path));
  expect(feed.feed_url).toBe(site.address + path);
  expect(new Set(feed.items.map(({ id }) => id)).size).toBe(count);
  const people = feed.items.flatMap(({ authors }) => authors.map(({ url }) => url ?? ''));
  expect(await brokenOf([feed.home_page_url, ...feed.items.map(({ url }) => url), ...people])).toEqual([]);
});

test.each([
  ['no id', /<id>.*?<\/id>\n(?=<title>Newest)/, ''],
  ['an entry without id', /(?<=<entry>\n)<id>.*?<\/id>/, ''],
  ['two times', /<updated>.*?<\/updated>/, '$&$&'],
  ['another kind of time', /Z<\/updated>/, '</updated>'],
  ['no author', /<author><name>Open.*?<\/author>/, ''],
  ['an element of its own', /<entry>/, '<entry><views>3</views>'],
  ['two addresses for one', /<link rel="alternate".*?\/>/, '$&$&'],
])('a feed with %s would be seen', async (_, found, put) => {
  const text = await textAt('/feed.xml');
  expect(text).toMatch(found);
  const without = found.source.includes('author') ? text.replaceAll(/<author>.*?<\/author>/g, '') : text;
  expect(() => atomOf(without.replace(found, put))).toThrow();
});

test('both feeds tell the same, and no title turns text around, hides in it or becomes markup', async () => {
  using atom = atomOf(await textAt('/feed.xml'));
  const titles = textsIn(atom, '//a:entry/a:title');
  const { items } = jsonFeed.parse(await jsonAt('/feed.json'));
  expect(items.map(({ title }) => title)).toEqual(titles);
  expect(items.map(({ content_html }) => content_html)).toEqual(textsIn(atom, '//a:entry/a:content'));
  expect(titles[0]).toBe(hostileTitles[0]);
  expect(titles[3]).toBe(hostileTitles[3]);
  expect(
    titles.filter((title) => title === '' || /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u.test(title)),
  ).toEqual([]);
  for (const { content_html } of items) expect(content_html.replaceAll(/<\/?p>/g, '')).not.toMatch(/[<>]/);
});

test('every agent has both feeds, named by the read API', async () => {
  const { agents } = await jsonAt('/api/v1/agents.json');
  expect(agents.map(({ agent }: { agent: string }) => agent)).toEqual(agentIds);
  const addresses = agents.flatMap(({ atom_url, json_feed_url, newest_url }: Record<string, string>) => [
    atom_url,
    json_feed_url,
    newest_url,
  ]);
  expect(addresses).toHaveLength(agentIds.length * 3);
  expect(await brokenOf(addresses)).toEqual([]);
});

test('robots.txt leads to sitemaps that have every page and every session, and all of them are there', async () => {
  const [, index = ''] = /^Sitemap: (\S+)$/m.exec(await textAt('/robots.txt')) ?? [];
  const shards = addressesIn(await textAt(index));
  expect(shards).toEqual(['pages', 'sessions-1'].map((name) => `${site.address}/sitemap/${name}.xml`));
  const addresses: string[] = [];
  for (const shard of shards) addresses.push(...addressesIn(await textAt(shard)));
  const pages: string[] = [];
  for (const route of pageRoutes().filter((each) => !/\[|^\/[45]\d\d$/.test(each))) {
    const answer = await ask(route);
    const html = await answer.text();
    if (answer.ok && !html.includes('<meta name="robots" content="noindex">')) pages.push(route);
  }
  expect(pages).toEqual(expect.arrayContaining(Object.keys(mainPages)));
  const listed = Array.from({ length: sessions }, (_, index) => `/sessions/${gistIdOf(sessions - index)}`);
  expect(addresses.toSorted()).toEqual(
    [...pages, ...listed].map((path) => new URL(path, site.address).href).toSorted(),
  );
  expect(await brokenOf(addresses)).toEqual([]);
});

test('where a main page leads to a part of a page, that part is there', async () => {
  const links = new Set<string>();
  for (const path of Object.keys(mainPages)) {
    for (const [, href = ''] of (await textAt(path)).matchAll(/href="([^"]*#[^"]+)"/g)) {
      const url = new URL(href, new URL(path, site.address));
      if (url.origin === site.address) links.add(url.href);
    }
  }
  const lost: string[] = [];
  for (const link of links) {
    const id = decodeURIComponent(new URL(link).hash.slice(1));
    if (!(await textAt(link)).includes(`id="${id}"`)) lost.push(link);
  }
  expect(links.size).toBeGreaterThan(3);
  expect(lost).toEqual([]);
});

test('llms.txt has the shape it is read by, and all its links lead somewhere', async () => {
  const tokens = marked.lexer(await textAt('/llms.txt')).filter(({ type }) => type !== 'space');
  const kinds = tokens.map((token) => `${token.type}${token.type === 'heading' ? token.depth : ''}`);
  expect(kinds.slice(0, 2)).toEqual(['heading1', 'blockquote']);
  expect(kinds.filter((kind) => kind.startsWith('heading'))).toEqual([
    'heading1',
    ...Array(6).fill('heading2'),
  ]);
  const sections = tokens.slice(kinds.indexOf('heading2'));
  expect(sections.map(({ type }) => type)).toEqual(
    sections.map((_, index) => (index % 2 === 0 ? 'heading' : 'list')),
  );
  const links: string[] = [];
  for (const token of allTokens(tokens)) {
    if (token.type === 'list_item') expect(token.text).toMatch(/^\[[^\]]+\]\(https?:\S+\): \S/);
    if (token.type === 'link') links.push(token.href);
  }
  expect(links.length).toBeGreaterThan(20);
  expect(await brokenOf(links)).toEqual([]);
  for (const twin of Object.values(mainPages)) expect(links).toContain(site.address + twin);
});

test.each([...Object.entries(mainPages), ...hostile.map((id) => [`/sessions/${id}`, `/sessions/${id}.md`])])(
  '%s names its Markdown, which says what the page says and holds no markup',
  async (path, twin) => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(site.address + path);
    const link = (rel: string) => page.locator(`link[rel=${rel}]`);
    expect(await link('describedby').getAttribute('href')).toBe('/llms.txt');
    expect(await page.locator('link[rel=alternate][type="text/markdown"]').getAttribute('href')).toBe(twin);
    const answer = await ask(twin);
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    const text = await answer.text();
    const titles: string[] = [];
    const links: string[] = [];
    const odd: string[] = [];
    for (const token of allTokens(marked.lexer(text))) {
      if (token.type === 'heading' && token.depth === 1) titles.push(token.text);
      if (token.type === 'link') links.push(token.href);
      if (token.type === 'html' || token.type === 'image') odd.push(token.raw);
    }
    expect(titles).toHaveLength(1);
    expect(odd).toEqual([]);
    expect(links.filter((address) => !/^https?:/.test(address))).toEqual([]);
    expect(await brokenOf(links)).toEqual([]);
  },
);

test('the read API is described by OpenAPI, and every answer is what it says', async () => {
  const described = await jsonAt('/api/v1/openapi.json');
  expect(await new Validator().validate(structuredClone(described))).toMatchObject({ valid: true });
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(described, 'api');
  const blanks: Record<string, string> = { agent: 'pi', gist_id: hostile[2] ?? '' };
  const paths = Object.keys(described.paths);
  expect(paths).toHaveLength(7);
  for (const path of paths) {
    const answer = await jsonAt(`/api/v1${path.replace(/\{(\w+)\}/g, (_, name) => blanks[name] ?? '')}`);
    const { $ref } = described.paths[path].get.responses[200].content['application/json'].schema;
    expect([path, ajv.validate(`api${$ref}`, answer), ajv.errorsText()]).toEqual([path, true, 'No errors']);
    expect(ajv.validate(`api${$ref}`, {})).toBe(false);
  }
  const index = await jsonAt('/api/v1/index.json');
  expect(
    await brokenOf(Object.values<string>(index.urls).filter((address) => !address.includes('{'))),
  ).toEqual([]);
  const missing = await ask('/api/v1/sessions/0123456789abcdef0123456789abcdef.json');
  expect([missing.status, await missing.json()]).toMatchObject([404, { code: 'not_found', status: 404 }]);
});

test('the newest sessions lead to their pages and rows, and the newest snapshot to its files', async () => {
  const newest = await jsonAt('/api/v1/sessions/newest.json');
  expect(newest).toMatchObject({ total: sessions, sessions: { length: 50 } });
  expect(
    await brokenOf(newest.sessions.flatMap(({ url, row_url }: Record<string, string>) => [url, row_url])),
  ).toEqual([]);
  const { files } = await jsonAt('/api/v1/latest.json');
  for (const { url, sha256, bytes } of Object.values<{ url: string; sha256: string; bytes: number }>(files)) {
    const content = Buffer.from(await (await ask(url)).arrayBuffer());
    expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
  }
});

test('the dataset’s page describes it for search engines, under the policy that lets no script in', async () => {
  const page = await open();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${site.address}/dataset`);
  const block = page.locator('head script[type="application/ld+json"]');
  const described = JSON.parse((await block.textContent()) ?? '');
  expect(described).toMatchObject({
    '@context': { '@vocab': 'https://schema.org/' },
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name: expect.any(String),
    url: expect.stringMatching(/^http/),
    license: expect.any(String),
    creator: { name: expect.any(String) },
  });
  expect(described.description.length).toBeGreaterThanOrEqual(50);
  expect(described.description.length).toBeLessThanOrEqual(5000);
  expect(described.distribution.length).toBeGreaterThan(5);
  for (const { contentUrl, sha256 } of described.distribution) {
    const content = Buffer.from(await (await ask(contentUrl)).arrayBuffer());
    expect([contentUrl, createHash('sha256').update(content).digest('hex')]).toEqual([contentUrl, sha256]);
  }
  const whole = await page.locator('link[rel=alternate][type="application/ld+json"]').getAttribute('href');
  const { recordSet, distribution, ...rest } = await jsonAt(whole ?? '');
  expect(described).toMatchObject(rest);
  expect([recordSet.length, distribution.length]).toEqual([1, described.distribution.length]);
  expect(complaints).toEqual([]);
});

test.each([
  '/',
  '/sessions',
  '/dataset',
  '/contribute',
  '/policy',
  '/privacy',
  '/log',
  ...hostile.map((id) => `/sessions/${id}`),
])('the picture of %s is a picture, of the size its page says', async (path) => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(site.address + path);
  const meta = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute('content');
  expect([await meta('og:image:width'), await meta('og:image:height')]).toEqual(['1200', '630']);
  expect((await meta('og:image:alt'))?.trim()).toBeTruthy();
  expect(await page.locator('meta[name="twitter:card"]').getAttribute('content')).toBe('summary_large_image');
  const answer = await ask((await meta('og:image')) ?? '');
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const picture = Buffer.from(await answer.arrayBuffer());
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  // Something is written where the title is: a blank card has one colour there.
  const place = { left: 230, top: 80, width: 900, height: 90 };
  const title = await sharp(await sharp(picture).extract(place).png().toBuffer()).stats();
  expect(title.channels[0]?.stdev).toBeGreaterThan(10);
});

test('a session’s picture may be kept for a day, and is not sent again to who has it', async () => {
  const path = `/sessions/${hostile[0]}/card.png`;
  const first = await ask(path);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toBe('public, max-age=86400');
  const again = await ask(path, { headers: { 'if-none-match': etag } });
  expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
  // As proxies that change an answer pass the tag on.
  expect((await ask(path, { headers: { 'if-none-match': `"other", W/${etag}` } })).status).toBe(304);
  expect((await ask('/sessions/0123456789abcdef0123456789abcdef/card.png')).status).toBe(404);
});

test('who asks for more pictures at once than can be drawn soon is led to one that is there', async () => {
  const all = Array.from({ length: sessions }, (_, index) => `/sessions/${gistIdOf(index + 1)}/card.png`);
  const answers = await Promise.all(all.map((path) => ask(path, { redirect: 'manual' })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 302]));
  for (const { status, headers } of answers) {
    expect(headers.get('cache-control')).toBe(status === 200 ? 'public, max-age=86400' : 'no-store');
    if (status === 302) expect(headers.get('location')).toBe('/cards/sessions.png');
  }
  expect((await ask('/cards/sessions.png')).status).toBe(200);
});

test('a recipe is shown as text, and names the repository as gh knows it', async () => {
  const answer = await ask('/dataset/recipes/release.sh');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await answer.text()).toContain('\nrepo=example/openagentsessions.org\n');
  const snapshots = await ask('/dataset/snapshots.ndjson');
  expect(snapshots.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
});

test('security.txt names a place to tell, and expires within a year', async () => {
  const answer = await ask('/.well-known/security.txt');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await answer.text();
  // RFC 9116: lines of `Name: value`, Contact at least once, Expires exactly once.
  expect(text).toMatch(/^(?:[A-Z][A-Za-z-]+: \S.*\n)+$/);
  const fields = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/: (.*)/) as [string, string]);
  const values = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  expect(values('Contact')).toEqual([
    'https://github.com/example/openagentsessions.org/security/advisories/new',
  ]);
  expect(values('Canonical')).toEqual([`${site.address}/.well-known/security.txt`]);
  const [expires = '', ...others] = values('Expires');
  expect(others).toEqual([]);
  expect(expires).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const days = (Date.parse(expires) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(90);
  expect(days).toBeLessThan(365);
});

test.each([
  '/feed.xml',
  '/feed.json',
  '/llms.txt',
  '/index.md',
  '/api/v1/latest.json',
  `/sessions/${hostile[0]}.md`,
])('other sites may read %s, which has all security headers', async (path) => {
  const { headers } = await ask(path);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
  expect(headers.get('set-cookie')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'self'; img-src 'self'/,
  );
});

test.each(['/', '/dataset', `/sessions/${hostile[0]}`])(
  'what %s has of the signed-in stays closed to other sites',
  async (path) => {
    const { headers } = await ask(path);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  },
);

const dev = inject('dev');

test.each([
  ['/feed.xml', 'application/atom+xml'],
  ['/feeds/pi.json', 'application/feed+json'],
  ['/api/v1/index.json', 'application/json'],
  ['/api/v1/agents/pi/newest.json', 'application/json'],
  ['/api/me', 'application/problem+json'],
  ['/sitemap/pages.xml', 'application/xml'],
  ['/index.md', 'text/markdown'],
  ['/llms.txt', 'text/plain'],
  ['/cards/dataset.png', 'image/png'],
])('in development %s is there too, as %s', async (path, type) => {
  const answer = await fetch(dev.url + path);
  expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([
    path === '/api/me' ? 401 : 200,
    type,
  ]);
});

test('in development a page is told in Markdown of this server, whatever host a request names', async () => {
  const { port } = new URL(dev.url);
  const asked = get({ host: '127.0.0.1', port, path: '/index.md', headers: { host: '127.0.0.1:1' } });
  const [answer] = await once(asked, 'response');
  answer.resume();
  expect(answer.statusCode).toBe(200);
});
