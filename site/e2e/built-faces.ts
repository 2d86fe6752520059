import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { storeInspection } from '#sql/queries/inspections.ts';
import { freshDatabase } from '#sql/testing.ts';
import { exampleDerived, exampleInspection } from '#sql/testing-inspections.ts';
import { listGists, retitle } from '#sql/testing-rows.ts';
import { exportTo } from '../../actions/export/testing.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../../actions/testing.ts';

/** What somebody could call a gist, or a topic, that hopes to break what is made of it. */
export const hostileTitles = [
  '</title><script>alert(1)</script>',
  '"]]>&amp;<!-- \' -->',
  '\u202egnp.exe\u2066 turned\u200b\u200e\u2069',
  '修复测试并添加文档',
  'إصلاح الاختبار',
  '👩\u200d👩\u200d👧 🏳️\u200d🌈 \u0301\u0301\u0301',
  '[a](javascript:alert(1)) ![b](https://example.org/x.png) `c` | d | *e* # f',
  'bell \u0007 escape \u001b[31m next \u0085 line \u2028 end \u2029 \ufffe\uffff',
  'W'.repeat(200),
  ' ',
];

/** Sessions in the index: more than a feed has. */
export const sessions = 60;

export interface BuiltFaces {
  address: string;
  folder: string;
}

/** A site that is built from an export with hostile texts and served as in production, for one test file. */
export function builtFaces(): BuiltFaces {
  const built: BuiltFaces = { address: '', folder: '' };
  let site: RunningProgram | undefined;
  let database: Awaited<ReturnType<typeof freshDatabase>> | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-faces-'));
    database = await freshDatabase();
    const { db } = database;
    await listGists(db, sessions);
    for (const [index, title] of hostileTitles.entries()) {
      const number = sessions - index;
      const declared = {
        schema_version: '1.0.0',
        session: { topic: title.trim() || 'blank' },
        tags: ['plain', title.slice(0, 40).trim() || 'blank'],
      };
      await retitle(db, number, title);
      const derived = {
        ...exampleDerived,
        agent: index % 2 ? ('pi' as const) : exampleDerived.agent,
        models: [title],
      };
      await storeInspection(db, exampleInspection(number, { derived, declared: declared as never }));
    }
    await exportTo(db, join(folder, '.dataset'));
    const address = `http://127.0.0.1:${await freePort()}`;
    const settings = {
      SITE_URL: address,
      DATASET_OUTPUT_DIR: join(folder, '.dataset'),
      REPOSITORY_URL: 'https://github.com/example/openagentsessions.org.git',
    };
    await runProgram('build', [], { cwd: folder, env: settings });
    const secrets = {
      DATABASE_URL: database.url,
      SESSION_SECRET: 'of the tests, and long enough to be one',
      GITHUB_CLIENT_ID: 'tests',
      GITHUB_CLIENT_SECRET: 'of the tests',
      MODERATOR_GITHUB_IDS: '1',
    };
    site = await startProgram('start', ['--port', new URL(address).port, '--drain', '0'], {
      cwd: folder,
      env: { ...settings, ...secrets },
      ready: /Serving (http:\S+) on/,
    });
    Object.assign(built, { address, folder });
  }, 300_000);
  afterAll(async () => {
    await site?.stop();
    await database?.close();
    await rm(built.folder, { recursive: true, force: true });
  });
  return built;
}
