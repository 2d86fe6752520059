import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as pagefind from 'pagefind';

/** Its page: asks for what the address says, and shows fifty. */
const page = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Pagefind</title><link rel="icon" href="data:," /></head>
  <body><ol></ol>
    <script type="module">
      import { filters, init, options, search } from '/pagefind/pagefind.js';
      const query = new URLSearchParams(location.search);
      const words = query.get('q');
      query.delete('q');
      await options({ bundlePath: '/pagefind/' });
      await init();
      await filters();
      const wanted = Object.fromEntries(query);
      const found = await search(words, { filters: wanted, sort: { approved: 'desc' } });
      for (const { url, meta } of await Promise.all(found.results.slice(0, 50).map((one) => one.data()))) {
        const item = document.createElement('li');
        item.textContent = meta.title + ' ' + url;
        document.querySelector('ol').append(item);
      }
      document.body.dataset.found = found.results.length;
    </script>
  </body>
</html>
`;

/** Indexes the lines of a submissions.ndjson with Pagefind into an empty folder, with a page that searches it. */
export async function buildPagefind(submissions: string, folder: string): Promise<void> {
  const { index, errors } = await pagefind.createIndex();
  if (!index) throw new Error(errors.join(' '));
  for await (const line of createInterface({ input: createReadStream(submissions) })) {
    const row = JSON.parse(line);
    await index.addCustomRecord({
      url: `/sessions/${row.gist_id}`,
      content: [row.title, row.topic ?? '', ...row.tags].join(' '),
      language: 'en',
      meta: { title: row.title },
      filters: {
        agent: [row.agent ?? 'unknown'],
        license: [row.license],
        model: row.models ?? [],
        language: row.languages ?? [],
        tag: row.tags,
      },
      sort: { approved: row.approved_at },
    });
  }
  await mkdir(folder, { recursive: true });
  await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  await pagefind.close();
  await writeFile(join(folder, 'index.html'), page);
}
