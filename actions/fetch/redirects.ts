import { JobFailure } from '../failure.ts';

/** Buckets lead to a region, and addresses to a network that is nearer; longer ways lead nowhere. */
const most = 5;

/** Asks for an address and goes where it leads. Throws JobFailure where that is somewhere no snapshot is fetched from. */
export async function followed(address: string, init: RequestInit): Promise<Response> {
  let url = new URL(address);
  for (let hops = 0; ; hops += 1) {
    const answer = await fetch(url, { ...init, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) return answer;
    await answer.body?.cancel();
    if (hops === most) {
      throw new JobFailure(`${address} leads on more than ${most} times. Correct the address.`);
    }
    const next = URL.canParse(location, url.href) ? new URL(location, url.href) : null;
    if (next === null || !isAllowed(url, next)) {
      throw new JobFailure(
        `${address} leads to ${next === null ? 'no address' : next.origin === 'null' ? next.protocol : next.origin}, where no snapshot is fetched from. Correct the address, or ask who publishes there.`,
      );
    }
    url = next;
  }
}

/** To https, or from http to http; and to this machine only from this machine. */
function isAllowed(from: URL, to: URL): boolean {
  const isKept = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  return isKept && to.username + to.password === '' && (!isLoopback(to) || isLoopback(from));
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.*\])$/.test(hostname);
}
