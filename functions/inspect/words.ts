import type { Declaration } from '#domain/declaration.ts';
import type { Derived } from '#domain/derived.ts';
import { scanText } from './secrets/scan-text.ts';

/** What is derived of a session, without the names out of it that hold a secret. */
export async function withoutSecrets<D extends Derived>(derived: D): Promise<D> {
  const texts = lists.flatMap((field) => derived[field] ?? []);
  const words = [derived.agent_version ?? '', ...texts];
  // Nearly always there is nothing in all of them together.
  if (!(await holdsSecret(words.join('\n')))) return derived;
  const clean: D = { ...derived };
  if (await holdsSecret(clean.agent_version ?? '')) clean.agent_version = null;
  for (const field of lists) {
    const secret = await Promise.all((clean[field] ?? []).map(holdsSecret));
    if (!secret.includes(true)) continue;
    const kept = clean[field]?.filter((_, i) => !secret[i]) ?? [];
    // Not an empty list: there was one.
    clean[field] = kept.length === 0 ? null : kept;
  }
  return clean;
}

/** The fields whose words are the session's own. */
const lists = ['session_ids', 'models', 'tool_names', 'languages'] as const;

async function holdsSecret(text: string): Promise<boolean> {
  return (await scanText(text)).some(({ severity }) => severity === 'high');
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
