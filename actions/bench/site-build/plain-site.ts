import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnvironment } from '../../testing.ts';
import { measure } from '../measure.ts';
import { type Built, built } from './built.ts';

const modules = join(import.meta.dirname, '../../../node_modules');

/** Its one page: getStaticPaths over the lines of the file, and a few fields of a row. */
const page = `---
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export async function getStaticPaths() {
  const paths = [];
  for await (const line of createInterface({ input: createReadStream(process.env.ROWS) })) {
    const { gist_id, gist_url, gist_owner_login, title, agent, license } = JSON.parse(line);
    paths.push({ params: { gist_id }, props: { gist_url, gist_owner_login, title, agent, license } });
  }
  return paths;
}
const { gist_url, gist_owner_login, title, agent, license } = Astro.props;
---
<html lang="en">
  <head><meta charset="utf-8" /><title>{title}</title></head>
  <body>
    <h1>{title}</h1>
    <p>{gist_owner_login}, {agent}, {license}</p>
    <p><a href={gist_url}>Read it at GitHub</a></p>
  </body>
</html>
`;

/** Builds a plain Astro site in `folder`, which is made and taken away: one small page a session of an export. */
export async function buildPlain(dataset: string, folder: string): Promise<Built> {
  const pages = join(folder, 'src/pages/sessions');
  mkdirSync(pages, { recursive: true });
  writeFileSync(join(pages, '[gist_id].astro'), page);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'astro.config.mjs'), 'export default {};\n');
  symlinkSync(modules, join(folder, 'node_modules'));
  try {
    const env = {
      ...ownEnvironment(),
      ROWS: join(dataset, 'latest/submissions.ndjson'),
      ASTRO_TELEMETRY_DISABLED: '1',
    };
    const args = [join(modules, 'astro/bin/astro.mjs'), 'build', '--silent'];
    const run = await measure(process.execPath, args, { cwd: folder, env });
    return built(run, join(folder, 'dist'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
