import type { APIRoute } from 'astro';
import { answerJson } from '../../../faces/api/answer.ts';
import { latest } from '../../../faces/api/shapes.ts';
import { currentListing } from '../../../published/current-listing.ts';

export const GET: APIRoute = async ({ site }) => {
  const { manifest } = await currentListing();
  const at = (name: string) => new URL(`/dataset/${manifest?.snapshot_dir}/${name}`, site).href;
  return answerJson(latest, {
    snapshot_id: manifest?.snapshot_id ?? null,
    generated_at: manifest?.generated_at ?? null,
    schema_version: manifest?.schema_version ?? null,
    record_count: manifest?.record_count ?? 0,
    log_seq: manifest?.log_seq ?? 0,
    verified_from: manifest?.verified_from ?? null,
    verified_to: manifest?.verified_to ?? null,
    manifest_url: manifest && at('manifest.json'),
    files: Object.fromEntries(
      Object.entries(manifest?.files ?? {}).map(([name, file]) => [name, { ...file, url: at(name) }]),
    ),
  });
};
