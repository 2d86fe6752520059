import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { JobFailure } from '../failure.ts';
import type { LocalFile } from '../publish/local-snapshot.ts';

/** A signed statement about files of the snapshot, as an asset. */
export interface Attestation {
  /** The asset's name. */
  name: string;
  /** What the file holds, as it is. */
  text: string;
  /** The files of the snapshot that the statement is about. */
  about: readonly string[];
}

/** Bytes; a bundle about a few files has a few thousand. */
const mostBytes = 10_000_000;

/** https://docs.sigstore.dev/about/bundle: what a bundle of `actions/attest` has. */
const bundle = z.object({
  mediaType: z.string().regex(/^application\/vnd\.dev\.sigstore\.bundle[.+]/),
  verificationMaterial: z.looseObject({}),
  dsseEnvelope: z.object({
    payload: z.base64(),
    payloadType: z.literal('application/vnd.in-toto+json'),
    signatures: z.array(z.object({ sig: z.base64().min(1) })).min(1),
  }),
});

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const statement = z.object({
  subject: z.array(z.object({ name: z.string(), digest: z.record(z.string(), z.string()) })),
});

/**
 * Reads the attestation of a snapshot from a file. Throws JobFailure when it is none, or is about other files. Whether its
 * signature is good is for its readers to check: here it was just made.
 */
export async function readAttestation(
  path: string,
  id: string,
  files: readonly LocalFile[],
): Promise<Attestation> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile())
    throw new JobFailure(`There is no file ${path}. Give --attestation the bundle that was made.`);
  if (found.size > mostBytes) throw new JobFailure(`${path} is too large to be an attestation's bundle.`);
  const text = await readFile(path, 'utf8');
  const subjects = subjectsOf(text);
  if (subjects === null) {
    throw new JobFailure(
      `${path} is no attestation's bundle. Give --attestation the JSON file that attesting made.`,
    );
  }
  const about = files.filter(({ sha256 }) => subjects.has(sha256)).map(({ name }) => name);
  if (about.length === 0) {
    throw new JobFailure(
      `${path} attests no file of snapshot ${id}. Give --attestation the bundle of this snapshot.`,
    );
  }
  return { name: `dataset-${id}.sigstore.json`, text, about };
}

/** The hashes that a bundle's statement is about; null where it is no bundle. */
function subjectsOf(text: string): Set<string> | null {
  try {
    const { dsseEnvelope } = bundle.parse(JSON.parse(text));
    const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8');
    const { subject } = statement.parse(JSON.parse(payload));
    return new Set(subject.flatMap(({ digest }) => digest.sha256 ?? []));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
