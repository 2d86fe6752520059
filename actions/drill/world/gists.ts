import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standinGistId } from '#github/standin/ids.ts';

/** A gist that nobody has offered yet. */
export interface NewGist {
  id: string;
  owner: string;
}

/**
 * Writes so many gists for the stand-in, each a short session of its owner's, and returns them in an order in which
 * owners take turns.
 */
export function writeGists(dir: string, owners: readonly string[], count: number): NewGist[] {
  for (const owner of owners) mkdirSync(join(dir, owner), { recursive: true });
  return Array.from({ length: count }, (_, n) => {
    const owner = owners[n % owners.length] ?? '';
    const name = `gist-${n}`;
    mkdirSync(join(dir, owner, name));
    writeFileSync(join(dir, owner, name, 'session.jsonl'), session(n));
    return { id: standinGistId(owner, name), owner };
  });
}

const turns = 12;

/** About 12 kB, as Claude Code writes them; another one for each number. */
function session(number: number): string {
  const id = (n: number) => `00000000-0000-4000-8000-${(number * 100 + n).toString(16).padStart(12, '0')}`;
  const common = {
    cwd: '/srv/tides',
    sessionId: id(99),
    version: '2.1.34',
    userType: 'external',
    isSidechain: false,
  };
  const lines = Array.from({ length: turns }, (_, n) => {
    const timestamp = new Date(Date.UTC(2026, 2, 4, 9, n)).toISOString();
    const record = { ...common, parentUuid: n === 0 ? null : id(n - 1), uuid: id(n), timestamp };
    if (n % 2 === 0) {
      const content = `Step ${n} of the tide table for harbour ${number}: round the heights to two digits. ${words}`;
      return { ...record, type: 'user', message: { role: 'user', content } };
    }
    const content = [{ type: 'text', text: `Done for harbour ${number}. ${words}${words}` }];
    const usage = { input_tokens: 900, output_tokens: 300 };
    const message = {
      model: 'claude-sonnet-4-5-20250929',
      id: `msg_${number}_${n}`,
      type: 'message',
      role: 'assistant',
      content,
      usage,
    };
    return { ...record, type: 'assistant', message };
  });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

const words = 'the parser reads each line and returns a value or an error when input ends early '.repeat(7);
