import { readGist } from '#github/gists.ts';
import { type Patiently, troubleOf } from './patience.ts';
import type { Outcome, Tools } from './tools.ts';

/** Null while the gist that is always there is there, or none is known; else why no gist may be taken to be missing. */
export async function lookAtCanary(
  gistId: string | null,
  { github }: Pick<Tools, 'github'>,
  patiently: Patiently,
): Promise<Exclude<Outcome['ended'], { kind: 'done' }> | null> {
  if (gistId === null) return null;
  const reading = await patiently(() => readGist(github, gistId));
  if (reading.kind === 'too_large' || (reading.kind === 'gist' && reading.gist.public)) return null;
  if (reading.kind === 'gist' || reading.kind === 'missing') return { kind: 'canary', gistId };
  return troubleOf(reading);
}
