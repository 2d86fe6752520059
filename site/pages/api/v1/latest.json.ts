import type { APIRoute } from 'astro';
import { answerJson, nothingHere } from '../../../faces/api/answer.ts';
import { latest } from '../../../faces/api/shapes.ts';
import { currentListing } from '../../../published/current-listing.ts';

export const GET: APIRoute = async ({ site }) => {
  const { manifest } = await currentListing();
  if (manifest === null) return nothingHere();
  const at = (name: string) => new URL(`/dataset/${manifest.snapshot_dir}/${name}`, site).href;
  const { snapshot_id, generated_at, schema_version, record_count, log_seq } = manifest;
  const { verified_from, verified_to } = manifest;
  return answerJson(latest, {
    ...{ snapshot_id, generated_at, schema_version, record_count, log_seq, verified_from, verified_to },
    manifest_url: at('manifest.json'),
    files: Object.fromEntries(
      Object.entries(manifest.files).map(([name, file]) => [name, { ...file, url: at(name) }]),
    ),
  });
};
