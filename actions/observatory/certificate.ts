import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { JobFailure } from '../failure.ts';

const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];

/** A certificate for an address of this machine, in a folder; `path` is what a client trusts. */
export async function makeCertificate(
  address: string,
  folder: string,
): Promise<{ key: Buffer; cert: Buffer; path: string }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const named = ['-subj', `/CN=${address}`, '-addext', `subjectAltName=IP:${address}`];
  await promisify(execFile)('openssl', [...kind, ...named, '-keyout', key, '-out', cert]).catch(() => {
    throw new JobFailure('openssl could not make a certificate. Install it, and run this again.');
  });
  return { key: await readFile(key), cert: await readFile(cert), path: cert };
}
