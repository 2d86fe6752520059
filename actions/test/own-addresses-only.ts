import { afterAll, afterEach } from 'vitest';
import { keepToOwnAddresses } from './own-addresses.ts';

/*
 * Loaded before every test file: a test that connects to another machine fails, also when the code it tests takes the
 * error for a server that does not answer.
 */
const reported: string[] = [];

/** What was reported since it was last asked for. */
export function takeReported(): string[] {
  return reported.splice(0);
}

/** Throws what was reported. */
export function failForReported(): void {
  const sentences = takeReported();
  if (sentences.length > 0) throw new Error(sentences.map((sentence) => `this test ${sentence}`).join('\n'));
}

keepToOwnAddresses((sentence) => reported.push(sentence));
afterEach(failForReported);
afterAll(failForReported);
