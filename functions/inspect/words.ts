import type { Declaration } from '#domain/declaration.ts';
import type { Derived } from '#domain/derived.ts';
import { scanText } from './secrets/scan-text.ts';

/** The fields whose words are the session's own. */
const lists = ['session_ids', 'models', 'tool_names', 'languages'] as const;

/** What is derived of sessions, without the names out of them in which anything is found, personal data included. */
export async function withoutFound<D extends Derived>(derived: readonly D[]): Promise<D[]> {
  const wordsOf = (each: D) => [...versionsOf(each), ...lists.flatMap((field) => each[field] ?? [])];
  const found = new Set(await wordsWithFindings([...new Set(derived.flatMap(wordsOf))]));
  if (found.size === 0) return [...derived];
  return derived.map((each) => {
    const clean: D = { ...each };
    clean.agent_version = each.agent_version && (kept(versionsOf(each))?.join(';') ?? null);
    for (const field of lists) clean[field] = each[field] === null ? null : kept(each[field]);
    return clean;
  });

  /** Not an empty list where something was left out: there was one. */
  function kept(words: readonly string[]): string[] | null {
    const left = words.filter((word) => !found.has(word));
    return left.length === 0 && words.length > 0 ? null : left;
  }
}

function versionsOf({ agent_version }: Derived): string[] {
  return agent_version?.split(';') ?? [];
}

/** Those of many words in which something is found: nearly always none, which one look at all of them tells. */
async function wordsWithFindings(words: readonly string[]): Promise<string[]> {
  if (words.length === 0 || (await scanText(words.join(' | '))).length === 0) return [];
  if (words.length === 1) return [...words];
  const half = words.length >> 1;
  return [
    ...(await wordsWithFindings(words.slice(0, half))),
    ...(await wordsWithFindings(words.slice(half))),
  ];
}

/** What the owner declares, without the texts in which anything is found, personal data included. */
export async function withoutFindings(declared: Declaration): Promise<Declaration> {
  const clean = structuredClone(declared);
  for (const field of ['agent', 'model', 'language', 'topic'] as const) {
    const text = clean.session?.[field];
    if (text !== undefined && (await scanText(text)).length > 0) delete clean.session?.[field];
  }
  if (clean.tags) {
    const hits = await Promise.all(clean.tags.map((tag) => scanText(tag)));
    clean.tags = clean.tags.filter((_, i) => hits[i]?.length === 0);
  }
  return clean;
}
