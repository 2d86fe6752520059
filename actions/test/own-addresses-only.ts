import { Socket } from 'node:net';

/** Where tests may connect: this machine. `localhost` and IPs of the loopback range, by name or number. */
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
 * Loaded before every test file: a connection to anywhere but this machine fails the test that made it, naming the
 * address. fetch, http and pg all connect through net.Socket.
 */
const connect = Socket.prototype.connect;
Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
  const { host, path } = targetOf(args);
  if (!path && host && !isOwn(host)) {
    throw new Error(`this test connects to ${host}, but tests may reach this machine only`);
  }
  return Reflect.apply(connect, this, args);
};
