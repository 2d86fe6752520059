import { Decrypter, Encrypter } from 'age-encryption';
import { JobFailure } from '../failure.ts';

/*
 * age, https://age-encryption.org/v1: what `age --decrypt` reads, too. Who encrypts needs the public key alone.
 */

/** Encrypts bytes as they come, for whoever has the key of any of the recipients. */
export function encrypted(
  pieces: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): AsyncIterable<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return through(pieces, (stream) => encrypter.encrypt(stream));
}

/**
 * Decrypts bytes as they come; none comes that was changed.
 * @throws JobFailure when none of the keys is the right one
 */
export function decrypted(
  pieces: AsyncIterable<Uint8Array>,
  identities: readonly string[],
): AsyncIterable<Uint8Array> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return through(pieces, async (stream) => {
    try {
      return await decrypter.decrypt(stream);
    } catch (error) {
      if (!(error instanceof Error && /no identity matched/.test(error.message))) throw error;
      throw new JobFailure(
        'The backup was encrypted for another key than the one given. Look for the identity that belongs to the BACKUP_RECIPIENT of its day.',
      );
    }
  });
}

/** The keys in a file as age-keygen writes it: one a line, `#` begins a remark. */
export function identitiesIn(text: string, path: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0 || !keys.every((key) => /^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/.test(key))) {
    throw new JobFailure(
      `${path} holds no age identity. Give the file that age-keygen wrote, with its line AGE-SECRET-KEY-1...`,
    );
  }
  return keys;
}

async function* through(
  pieces: AsyncIterable<Uint8Array>,
  change: (stream: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const reader = (await change(source)).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
