import { z } from 'zod';

/**
 * What the environment's values must look like. Each of these gives the value, or null for none, and throws
 * EnvironmentError for one that is refused.
 */

/** What stops a program before it starts: one sentence naming the variable. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

export const bucketVariables = [
  'HETZNER_S3_ENDPOINT',
  'HETZNER_S3_BUCKET',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
] as const;

/** An S3 bucket, and who writes to it. */
export interface BucketAccess {
  /** Address of the S3 service, without the bucket's name. */
  endpoint: string;
  name: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Names and numbers of this machine, as URL parsing writes them. */
const loopback =
  /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]|0\.0\.0\.0)\.?$/;

export function isLoopback(url: URL | null): boolean {
  return url !== null && loopback.test(url.hostname);
}

export function databaseUrl(value: string | null, name = 'DATABASE_URL'): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new EnvironmentError(`${name} must look like postgres://user:password@host:5432/database.`);
  }
  return value;
}

export function siteUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
    throw new EnvironmentError('SITE_URL must be an https address, such as https://openagentsessions.org.');
  }
  return url.origin;
}

export function metricsPort(value: string | null): number | null {
  if (value === null) return null;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65_535) {
    throw new EnvironmentError('METRICS_PORT must be a port, a number from 1 to 65535.');
  }
  return port;
}

export function sessionSecret(value: string | null): string | null {
  if (value !== null && value.length < 32) {
    throw new EnvironmentError(
      'SESSION_SECRET is too short: 32 characters at least, such as `openssl rand -hex 32` gives.',
    );
  }
  return value;
}

export function oauthApp(
  clientId: string | null,
  clientSecret: string | null,
): { clientId: string; clientSecret: string } | null {
  if (clientId === null) return null;
  if (clientSecret === null) {
    throw new EnvironmentError(
      'GITHUB_CLIENT_ID is set, but GITHUB_CLIENT_SECRET is not. Set both, or neither.',
    );
  }
  return { clientId, clientSecret };
}

export function canaryGistId(value: string | null): string | null {
  if (value !== null && !/^[0-9a-f]{1,64}$/.test(value)) {
    throw new EnvironmentError(
      'RECHECK_CANARY_GIST_ID must be the id of a gist: the last part of its address.',
    );
  }
  return value;
}

/** All of it, or none: half a bucket is a mistake somebody would like to hear of. */
export function bucket(
  values: Record<(typeof bucketVariables)[number], string | null>,
  region: string | null,
): BucketAccess | null {
  const [endpoint, name, accessKeyId, secretAccessKey] = bucketVariables.map((variable) => values[variable]);
  if (!endpoint && !name) return null;
  for (const variable of bucketVariables) {
    if (values[variable] === null) {
      throw new EnvironmentError(
        `${variable} is not set, but other parts of the bucket's address are. Set all of ${bucketVariables.join(', ')}, or none.`,
      );
    }
  }
  if (!endpoint || !name || !accessKeyId || !secretAccessKey) return null;
  const url = URL.parse(endpoint);
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.pathname !== '/' || url.search) {
    throw new EnvironmentError(
      'HETZNER_S3_ENDPOINT must be the address of the S3 service without the bucket, such as https://fsn1.your-objectstorage.com.',
    );
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new EnvironmentError('HETZNER_S3_BUCKET must be the name of a bucket, not an address.');
  }
  return { endpoint: url.origin, name, region: region ?? 'us-east-1', accessKeyId, secretAccessKey };
}

/** A private bucket at the same service, with keys of its own or the same; null for none. */
export function backupBucket({
  endpoint,
  ...values
}: { [part in keyof BucketAccess]: string | null }): BucketAccess | null {
  if (values.name === null) return null;
  const parts = {
    HETZNER_S3_ENDPOINT: endpoint,
    HETZNER_S3_BUCKET: values.name,
    AWS_ACCESS_KEY_ID: values.accessKeyId,
    AWS_SECRET_ACCESS_KEY: values.secretAccessKey,
  };
  for (const [variable, value] of Object.entries(parts)) {
    if (value === null) {
      throw new EnvironmentError(
        `BACKUP_S3_BUCKET is set, but ${variable} is not. Set it, see .env.example.`,
      );
    }
  }
  try {
    return bucket(parts, values.region);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError(error.message.replace('HETZNER_S3_BUCKET', 'BACKUP_S3_BUCKET'));
  }
}

/** age public keys, separated by commas. */
export function backupRecipients(value: string | null): readonly string[] {
  const recipients = (value ?? '').split(/[\s,]+/).filter(Boolean);
  if (!recipients.every((recipient) => /^age1[0-9a-z]{58,}$/.test(recipient))) {
    throw new EnvironmentError(
      'BACKUP_RECIPIENT must be the public key that age-keygen told, age1..., or several separated by commas.',
    );
  }
  return recipients;
}

export function repository(value: string | null): string | null {
  if (value !== null && !/^[\w.-]+\/[\w.-]+$/.test(value)) {
    throw new EnvironmentError('GITHUB_REPOSITORY must be written owner/name.');
  }
  return value;
}

export function datasetAddress(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url?.protocol !== 'https:' || url.search || url.hash || url.username) {
    throw new EnvironmentError(
      'DATASET_ADDRESS must be the https address where everybody reads the bucket, such as https://BUCKET.fsn1.your-objectstorage.com.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

export function datasetLicense(value: string | null): string | null {
  if (
    value !== null &&
    !/^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(value) &&
    URL.parse(value)?.protocol !== 'https:'
  ) {
    throw new EnvironmentError(
      'DATASET_LICENSE must be an SPDX id, such as CC0-1.0, or the https address of a licence.',
    );
  }
  return value;
}

export function address(name: string, given: string | undefined, standard: string): string {
  const value = given || standard;
  const url = URL.parse(value);
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    throw new EnvironmentError(`${name} must be an http(s) address.`);
  }
  return value.replace(/\/+$/, '');
}

/** Actions name the repository they run in as `owner/name`; it is on github.com unless its whole address is set. */
export function repositoryUrl(value: string | null, name: string | null): string | null {
  if (value === null) return name && `https://github.com/${name}`;
  if (URL.parse(value)?.protocol !== 'https:') {
    throw new EnvironmentError('REPOSITORY_URL must be an https address that git can clone.');
  }
  return value;
}

export function moderatorIds(value: string | null): ReadonlySet<string> {
  const ids = (value ?? '').split(/[\s,]+/).filter(Boolean);
  const parsed = z.array(z.string().regex(/^[1-9]\d{0,15}$/)).safeParse(ids);
  if (!parsed.success || (value !== null && ids.length === 0)) {
    throw new EnvironmentError(
      'MODERATOR_GITHUB_IDS must be numeric GitHub account ids, separated by commas.',
    );
  }
  return new Set(parsed.data);
}

const proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export function trustedProxies(value: string | null): readonly string[] {
  const parsed = z.array(proxy).safeParse((value ?? '').split(/[\s,]+/).filter(Boolean));
  if (!parsed.success) {
    throw new EnvironmentError(
      'TRUSTED_PROXIES must be addresses, or networks as address/bits, separated by commas, such as 127.0.0.1,::1.',
    );
  }
  return parsed.data;
}
