import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { type ClientMessages, fatalError, serverMessage, startupCodes } from './wire-messages.ts';

/**
 * Opens a conversation: declines encryption, asks for the password, and greets the client.
 * False when the client is not let in; it has been told why, and the caller closes the socket.
 */
export async function admit(
  socket: Socket,
  messages: ClientMessages,
  { token, serverVersion }: { token: string; serverVersion: string },
): Promise<boolean> {
  let code: number;
  do {
    const opening = await messages.untyped();
    if (!opening || opening.length < 8) return false;
    code = opening.readInt32BE(4);
    if (code === startupCodes.ssl || code === startupCodes.gss) socket.write('N');
  } while (code === startupCodes.ssl || code === startupCodes.gss);
  // There is nothing to cancel: a statement runs to its end before the next message is read.
  if (code === startupCodes.cancel) return false;
  if (code !== startupCodes.protocol) {
    socket.write(fatalError('08P01', 'only protocol 3.0 is spoken here'));
    return false;
  }

  socket.write(serverMessage('R', 3));
  const password = await messages.typed();
  if (!password) return false;
  const expected = serverMessage('p', token);
  if (password.length !== expected.length || !timingSafeEqual(password, expected)) {
    socket.write(fatalError('28P01', 'this is not the embedded database you are looking for'));
    return false;
  }
  socket.write(
    Buffer.concat([
      serverMessage('R', 0),
      serverMessage('S', 'server_version', serverVersion),
      serverMessage('S', 'client_encoding', 'UTF8'),
      serverMessage('S', 'DateStyle', 'ISO, MDY'),
      serverMessage('S', 'TimeZone', 'UTC'),
      serverMessage('S', 'integer_datetimes', 'on'),
      serverMessage('S', 'standard_conforming_strings', 'on'),
      serverMessage('K', process.pid, 0),
      serverMessage('Z', Buffer.from('I')),
    ]),
  );
  return true;
}
