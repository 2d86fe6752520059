import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import { submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { signIn } from './people.ts';
import { countOnScreen, readWhole, type ScreenCounts } from './screen-counts.ts';

const dev = inject('dev');
const open = useBrowser();

interface Inspected {
  name: string;
  format: string | null;
  user_messages: number | null;
  assistant_messages: number | null;
  tool_calls: number | null;
}

/** Submits the files as one gist, reads them on the moderator's screen, and compares with what the summary says. */
async function expectSameCounts(name: string, files: Record<string, string>): Promise<number> {
  const gist = await writeGist(dev.gists, 'all-formats', name, { title: `All of ${name}`, files });
  const owner = await open();
  await signIn(owner, dev, gist.login);
  await submitted(owner, dev, gist);
  const page = await open();
  await signIn(page, dev, 'moderator');
  const answer = await (await page.request.get(`${dev.url}/api/moderation/${gist.id}`)).json();
  const inspected: Inspected[] = answer.inspection.files;

  await page.goto(`${dev.url}/moderation/${gist.id}`);
  await readWhole(page);
  expect(await page.locator('.transcript .trouble').count()).toBe(0);
  const shown = await countOnScreen(page);
  expect(shown.length).toBe(inspected.length);
  const differences = inspected.flatMap((file, i) => differenceOf(file, shown[i]) ?? []);
  expect(differences).toEqual([]);
  return inspected.filter(({ format }) => format !== null).length;
}

/** Null where the screen shows what the summary counts. What a format does not tell is not counted. */
function differenceOf(file: Inspected, shown: ScreenCounts | undefined): object | null {
  const told: [number | null, number | undefined][] = [
    [file.user_messages, shown?.prompt],
    [file.assistant_messages, shown?.answer],
    [file.tool_calls, shown?.call],
  ];
  return told.some(([summary, screen]) => summary !== null && summary !== screen) ? { file, shown } : null;
}

test('a session in every format is shown without a lost prompt, answer or tool call', async () => {
  const files = Object.fromEntries(Object.entries(samples).map(([format, text]) => [`${format}.txt`, text]));
  expect(await expectSameCounts('formats', files)).toBe(Object.keys(samples).length);
});

/** A folder of session files as `npm run accuracy` takes it; other people's sessions stay out of this repository. */
const corpus = process.env.CORPUS ?? null;

test.skipIf(corpus === null)('and so is every file of a corpus', { timeout: 600_000 }, async () => {
  const index = readFileSync(join(corpus ?? '', 'INDEX.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  const paths = index
    .map((line) => line.split('\t')[0] ?? '')
    .filter((path) => existsSync(join(corpus ?? '', path)));
  const files = Object.fromEntries(
    paths.map((path) => [path.replaceAll('/', '--'), readFileSync(join(corpus ?? '', path), 'utf8')]),
  );
  expect(await expectSameCounts('corpus', files)).toBeGreaterThan(0);
});
