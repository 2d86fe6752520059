import { createHash } from 'node:crypto';
import type { Finding } from '#domain/finding.ts';
import type { Hit } from './secrets/scan.ts';

/** The hits of one file as findings. `declared` are the fingerprints the owner says are none. */
export function toFindings(
  hits: readonly Hit[],
  place: { file: string; gitBlobSha: string },
  declared: ReadonlySet<string>,
): Finding[] {
  return hits.map(({ detector, kind, severity, line, column, masked }) => {
    const fingerprint = createHash('sha256')
      .update(`${detector}\0${place.gitBlobSha}\0${line}\0${column}`)
      .digest('hex');
    return {
      detector,
      file: place.file,
      line,
      kind,
      severity,
      masked,
      fingerprint,
      declared_false: declared.has(fingerprint),
    };
  });
}
