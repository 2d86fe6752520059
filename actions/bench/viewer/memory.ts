import { readFile } from 'node:fs/promises';
import type { Browser, CDPSession } from 'playwright-core';
import { z } from 'zod';

const answer = z.object({ id: z.number(), result: z.unknown() });
const usage = z.object({ usedSize: z.number() });

/** Memory in MB, after what nobody needs was thrown away. */
export interface Memory {
  /** JavaScript's heap of the page, and of its workers together. */
  pageHeap: number;
  workerHeap: number;
  /** All that the processes of pages hold for themselves: heaps, documents, bytes, pictures. */
  processes: number;
}

/** What the only page of a browser holds; `page` is a session with it. */
export async function memoryOf(browser: Browser, page: CDPSession): Promise<Memory> {
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send('Runtime.getHeapUsage');
  return {
    pageHeap: usedSize / 1e6,
    workerHeap: (await workerHeap(page)) / 1e6,
    processes: (await ofProcesses(browser)) / 1e6,
  };
}

async function workerHeap(page: CDPSession): Promise<number> {
  const workers: string[] = [];
  page.on('Target.attachedToTarget', ({ sessionId }) => workers.push(sessionId));
  await page.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  let bytes = 0;
  for (const worker of workers) {
    await ask(page, worker, 'HeapProfiler.collectGarbage');
    bytes += usage.parse(await ask(page, worker, 'Runtime.getHeapUsage')).usedSize;
  }
  return bytes;
}

/** Asks a worker by way of its page, one question at a time. */
async function ask(page: CDPSession, worker: string, method: string): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const listen = ({ sessionId, message }: { sessionId: string; message: string }) => {
    const given = answer.safeParse(JSON.parse(message));
    if (sessionId === worker && given.success) resolve(given.data.result);
  };
  page.on('Target.receivedMessageFromTarget', listen);
  const message = JSON.stringify({ id: 1, method });
  await page.send('Target.sendMessageToTarget', { sessionId: worker, message });
  const result = await promise;
  page.off('Target.receivedMessageFromTarget', listen);
  return result;
}

/** RssAnon of https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, in bytes. */
async function ofProcesses(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const statuses = await Promise.all(ids.map((id) => readFile(`/proc/${id}/status`, 'utf8')));
  return statuses
    .map((status) => Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024)
    .reduce((sum, bytes) => sum + bytes, 0);
}
