import { canaryTable } from '#inspect/secrets/testing-canaries.ts';
import type { Measured } from '../measured.ts';

/** Made-up secrets of every format the rules know, wrapped as sessions hold them: how many are found. */
export async function* benchCanaries(): AsyncGenerator<Measured> {
  for (const { wrapping, formats, ours, secretlint } of await canaryTable()) {
    const percent = (share: number) => Number((100 * share).toFixed(1));
    yield {
      metric: `recall over ${formats} formats, ${wrapping}`,
      unit: '%',
      ours: percent(ours),
      peer: percent(secretlint),
      peer_name: 'secretlint with its recommended preset',
    };
  }
}
