import { Socket } from 'node:net';

/** This machine. `localhost` and IPs of the loopback range, by name or number. */
function isOwn(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|::1|::ffff:127(?:\.\d+){3})$/.test(host);
}

interface Target {
  host?: string | undefined;
  path?: string | undefined;
}

function targetOf(args: unknown[]): Target {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first };
  return { host: typeof second === 'string' ? second : undefined };
}

/**
 * From now on no connection leaves this machine: each that would is reported in a sentence naming its address, and
 * throws. fetch, http and pg all connect through net.Socket.
 */
export function keepToOwnAddresses(report: (sentence: string) => void): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
    const { host, path } = targetOf(args);
    if (!path && host && !isOwn(host)) {
      const sentence = `connects to ${host}, but tests may reach this machine only`;
      report(sentence);
      throw new Error(sentence);
    }
    return Reflect.apply(connect, this, args);
  };
}
