import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { JobFailure } from '../failure.ts';

/** Buckets lead to a region, and addresses to a network that is nearer; longer ways lead nowhere. */
const most = 5;

interface Asking {
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** Asks for an address and goes where it leads. Throws JobFailure where that is somewhere no snapshot is fetched from. */
export async function followed(address: string, asking: Asking): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let hops = 0; ; hops += 1) {
    const answer = await ask(url, asking);
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.statusCode ?? 0) || location === undefined) return answer;
    answer.destroy();
    if (hops === most) {
      throw new JobFailure(`${address} leads on more than ${most} times. Correct the address.`);
    }
    const next = URL.canParse(location, url.href) ? new URL(location, url.href) : null;
    if (next === null || !mayLead(url, next)) {
      throw new JobFailure(
        `${address} leads to ${next === null ? 'no address' : nameOf(next)}, where no snapshot is fetched from. Correct the address, or ask who publishes there.`,
      );
    }
    url = next;
  }
}

/** Not by `fetch`: a server that closes while we are busy would end the process, https://github.com/nodejs/undici/issues/5360. */
function ask(url: URL, asking: Asking): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    get(url, asking, (answer) => {
      // Whoever reads it hears of it; nobody else needs to.
      answer.on('error', () => undefined);
      resolve(answer);
    }).on('error', reject);
  });
}

function nameOf(url: URL): string {
  return url.origin === 'null' ? url.protocol : url.origin;
}

/** Whether a redirect is followed: to https, or from http to http; and to this machine only from this machine. */
export function mayLead(from: URL, to: URL): boolean {
  const isKept = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  return isKept && to.username + to.password === '' && (!isLoopback(to) || isLoopback(from));
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.*\])$/.test(hostname);
}
