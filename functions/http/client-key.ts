import { createHmac } from 'node:crypto';

/**
 * Stands for an address where requests are counted and denials written down: the same for a day, of UTC, and nothing
 * that the address can be found from without the site's secret. An IPv6 network of 64 bits is one visitor's.
 */
export function clientKey(address: string, secret: string, now = new Date()): string {
  const day = now.toISOString().slice(0, 10);
  return createHmac('sha256', secret)
    .update(`client ${day} ${networkOf(address)}`)
    .digest('base64url')
    .slice(0, 22);
}

function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = (after ?? '').split(':').filter(Boolean);
  const zeros = after === undefined ? 0 : Math.max(8 - head.length - tail.length, 0);
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
