import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { Viewer } from './look.ts';

/** Scripts a page is sent, compressed each for itself as a server does, in kB. */
export interface Scripts {
  page: number;
  workers: number;
}

/** Weighs all scripts of a page, in its HTML or from files, and the files its workers are started with. */
export async function scriptsOf(browser: Browser, { address, whole }: Viewer): Promise<Scripts> {
  const page = await browser.newPage();
  try {
    await page.goto(address);
    await page.locator(whole).first().waitFor({ state: 'attached', timeout: 120_000 });
    const sources = await page.evaluate(() =>
      [...document.scripts]
        .filter(({ type }) => type === '' || type === 'module' || type.endsWith('javascript'))
        .map(({ src, text }) => ({ src, text })),
    );
    const files = await Promise.all(sources.map(({ src, text }) => (src === '' ? text : download(src))));
    const workers = await Promise.all(page.workers().map((worker) => download(worker.url())));
    return { page: weigh(files), workers: weigh(workers) };
  } finally {
    await page.close();
  }
}

async function download(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return await response.text();
}

const weigh = (files: readonly string[]): number =>
  Number((files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000).toFixed(1));
