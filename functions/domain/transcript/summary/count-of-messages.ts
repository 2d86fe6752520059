import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { MessageEvent } from '../event.ts';

/** Prompts, commands and answers, each message once however often it is told; and the key of what they say. */
export function countOfMessages() {
  const known = new Set<string>();
  const counts = { prompt: 0, command: 0, context: 0, answer: 0 };
  const hash = sha256.create();
  let hashed = false;
  let opening: 'prompt' | 'other' | null = null;

  return {
    add(event: MessageEvent) {
      if (event.role === 'system') return;
      const what = event.role === 'assistant' ? 'answer' : (event.purpose ?? 'prompt');
      if (what === 'context') return;
      // What a subagent is asked was not typed by a person.
      if (event.subagent !== undefined && what !== 'answer') return;
      const fresh = event.id === undefined || !known.has(`${event.role} ${event.id}`);
      if (event.id !== undefined && !event.uncounted) known.add(`${event.role} ${event.id}`);
      if (fresh && !event.uncounted) counts[what] += 1;
      if (event.subagent === undefined) opening ??= what === 'answer' ? 'other' : 'prompt';
      const words = event.text.replace(/\s+/g, ' ').trim();
      if (words === '' || what === 'command') return;
      hash.update(utf8ToBytes(`${what} ${words}\n`));
      hashed = true;
    },
    compacted() {
      opening ??= 'other';
    },
    prompts: () => counts.prompt,
    commands: () => counts.command,
    answers: () => counts.answer,
    promptFirst: () => (opening === null ? null : opening === 'prompt'),
    key: () => (hashed ? bytesToHex(hash.digest()) : null),
  };
}
