import { type Browser, chromium } from 'playwright-core';
import { ownChromium } from './chromium.ts';

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Whatever else it wants to reach is nowhere.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts Chromium with nothing of this process's environment, and with its sandbox wherever it can have one. Another tool
 * can steer it too, through `port` on 127.0.0.1.
 */
export async function startBrowser({ port }: { port?: string } = {}): Promise<Browser> {
  const { executable, env } = await ownChromium();
  const args = port === undefined ? quiet : [...quiet, `--remote-debugging-port=${port}`];
  const start = (chromiumSandbox: boolean) =>
    chromium.launch({ executablePath: executable, env, args, chromiumSandbox });
  if (process.getuid?.() === 0) return await start(false);
  return await start(true).catch((error: Error) => {
    // Most containers refuse the namespaces it is made of.
    if (!error.message.includes('sandboxing failed')) throw error;
    return start(false);
  });
}
