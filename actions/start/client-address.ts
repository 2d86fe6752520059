import { BlockList, isIP } from 'node:net';

/** Who sent a request: the other end of its socket, and what is written in it. */
interface Sender {
  peer: string | undefined;
  /** X-Forwarded-For: addresses, each written by whoever the next one belongs to. */
  forwardedFor: string | undefined;
}

export interface Proxies {
  isTrusted(address: string | undefined): boolean;
  /**
   * The address a request comes from: as trusted proxies say, else the socket's other end. Null for this machine's own,
   * because it says nothing about who asks: it may be a proxy that is not among the trusted ones.
   */
  clientOf(sender: Sender): string | null;
}

/** `trusted`: addresses, and networks as address/bits. */
export function createProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList();
  for (const entry of trusted) {
    const [network = '', bits] = entry.split('/');
    if (bits === undefined) list.addAddress(network, familyOf(network));
    else list.addSubnet(network, Number(bits), familyOf(network));
  }
  const has = (address: string) => isIP(address) !== 0 && list.check(address, familyOf(address));

  const believed = ({ peer, forwardedFor }: Sender): string => {
    const socket = plain(peer ?? '');
    if (!has(socket)) return socket;
    const named = (forwardedFor ?? '').split(',').map((part) => plain(part.trim()));
    const client = named.findLast((address) => !has(address)) ?? '';
    return isIP(client) === 0 ? socket : client;
  };
  return {
    isTrusted: (address) => has(plain(address ?? '')),
    clientOf(sender) {
      const address = believed(sender);
      return isIP(address) === 0 || loopback.check(address, familyOf(address)) ? null : address;
    },
  };
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

/** A socket that takes both families writes IPv4 as ::ffff:192.0.2.1. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
