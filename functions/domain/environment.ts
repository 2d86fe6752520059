import { z } from 'zod';

/** What stops a program before it starts: one sentence naming the variable. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

export type EnvironmentRecord = Readonly<Record<string, string | undefined>>;

/** A variable that some programs cannot do without in production. */
export type Required =
  | 'DATABASE_URL'
  | 'SITE_URL'
  | 'SESSION_SECRET'
  | 'GITHUB_CLIENT_ID'
  | 'GITHUB_CLIENT_SECRET'
  | 'MODERATOR_GITHUB_IDS'
  | 'GITHUB_TOKEN'
  | 'GITHUB_REPOSITORY'
  | (typeof bucketVariables)[number];

const bucketVariables = [
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

export interface GitHubAddresses {
  /** Sign-in pages. */
  serverUrl: string;
  apiUrl: string;
  graphqlUrl: string;
  /** Raw gist files. */
  rawUrl: string;
}

export interface Environment {
  production: boolean;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  /** Null outside production when unset: `dev` takes the address it listens on. */
  siteUrl: string | null;
  sessionSecret: string | null;
  /** Null: the stand-in. */
  oauthApp: { clientId: string; clientSecret: string } | null;
  github: GitHubAddresses;
  /** A token without permissions that public gists are read with; null: they are read in the OAuth app's name. */
  gistsToken: string | null;
  /** A gist of the operator's that is always there: where it cannot be read, no gist is taken to be missing. */
  canaryGistId: string | null;
  /** Where snapshots are published; null: in a folder. */
  bucket: BucketAccess | null;
  /** The repository whose releases snapshots become, as `owner/name`. */
  repository: string | null;
  /** Writes releases of that repository. */
  releaseToken: string | null;
  /** GitHub's numeric account ids. */
  moderatorIds: ReadonlySet<string>;
  datasetOutputDir: string;
  /** Where this site's code is, for people who want to run it. */
  repositoryUrl: string | null;
  /** Things taken with a warning, as sentences. */
  warnings: string[];
}

/** The stand-in gives its accounts ids from here on, so that none can be mistaken for GitHub's. */
export const standinIdsFrom = 4_000_000_000;

const relaxedScripts = ['dev', 'test', 'bench', 'inspect', 'github:standin'];

/**
 * Is this run held to production's rules? `start` always is; `dev`, `test`, `bench`, `inspect` and `github:standin`
 * never; anything else when NODE_ENV=production, CI or GITHUB_ACTIONS is set, or SITE_URL is not loopback.
 */
export function isProduction(script: string, record: EnvironmentRecord): boolean {
  if (script === 'start') return true;
  if (relaxedScripts.includes(script)) return false;
  const site = record.SITE_URL || record.NEXTAUTH_URL;
  return (
    record.NODE_ENV === 'production' ||
    Boolean(record.CI) ||
    Boolean(record.GITHUB_ACTIONS) ||
    (Boolean(site) && !isLoopback(URL.parse(site ?? '')))
  );
}

/**
 * Reads the environment for one script of package.json.
 * Throws EnvironmentError when a required variable is missing or empty, or a value is refused.
 */
export function readEnvironment(
  script: string,
  record: EnvironmentRecord,
  required: readonly Required[] = [],
): Environment {
  const production = isProduction(script, record);
  const warnings: string[] = [];
  const read = (name: string, older?: string): string | null => {
    const value = record[name]?.trim();
    if (value) return value;
    const olderValue = older === undefined ? undefined : record[older]?.trim();
    if (!olderValue) return null;
    warnings.push(`${older} is taken for ${name}; rename it.`);
    return olderValue;
  };

  const values: Record<Required, string | null> = {
    DATABASE_URL: read('DATABASE_URL'),
    SITE_URL: read('SITE_URL', 'NEXTAUTH_URL'),
    SESSION_SECRET: read('SESSION_SECRET', 'NEXTAUTH_SECRET'),
    GITHUB_CLIENT_ID: read('GITHUB_CLIENT_ID'),
    GITHUB_CLIENT_SECRET: read('GITHUB_CLIENT_SECRET'),
    MODERATOR_GITHUB_IDS: read('MODERATOR_GITHUB_IDS'),
    GITHUB_TOKEN: read('GITHUB_TOKEN'),
    GITHUB_REPOSITORY: read('GITHUB_REPOSITORY'),
    HETZNER_S3_ENDPOINT: read('HETZNER_S3_ENDPOINT'),
    HETZNER_S3_BUCKET: read('HETZNER_S3_BUCKET'),
    AWS_ACCESS_KEY_ID: read('AWS_ACCESS_KEY_ID'),
    AWS_SECRET_ACCESS_KEY: read('AWS_SECRET_ACCESS_KEY'),
  };
  if (production) {
    for (const name of required) {
      if (values[name] === null) throw new EnvironmentError(`${name} is not set. Set it, see .env.example.`);
    }
  }

  const environment: Environment = {
    production,
    databaseUrl: databaseUrl(values.DATABASE_URL),
    siteUrl: siteUrl(values.SITE_URL),
    sessionSecret: sessionSecret(values.SESSION_SECRET),
    oauthApp: oauthApp(values.GITHUB_CLIENT_ID, values.GITHUB_CLIENT_SECRET),
    github: {
      serverUrl: address('GITHUB_SERVER_URL', record, 'https://github.com'),
      apiUrl: address('GITHUB_API_URL', record, 'https://api.github.com'),
      graphqlUrl: address('GITHUB_GRAPHQL_URL', record, 'https://api.github.com/graphql'),
      rawUrl: address('GIST_RAW_URL', record, 'https://gist.githubusercontent.com'),
    },
    gistsToken: read('GITHUB_API_TOKEN'),
    canaryGistId: canaryGistId(read('RECHECK_CANARY_GIST_ID')),
    bucket: bucket(values, read('AWS_DEFAULT_REGION')),
    repository: repository(values.GITHUB_REPOSITORY),
    releaseToken: values.GITHUB_TOKEN,
    moderatorIds: moderatorIds(values.MODERATOR_GITHUB_IDS),
    datasetOutputDir: read('DATASET_OUTPUT_DIR') ?? '.dataset',
    repositoryUrl: repositoryUrl(read('REPOSITORY_URL'), values.GITHUB_REPOSITORY),
    warnings,
  };
  if (production) refuseStandin(environment);
  return environment;
}

function refuseStandin(environment: Environment): void {
  for (const [key, name] of addressNames) {
    const url = URL.parse(environment.github[key]);
    if (url?.protocol !== 'https:' || isLoopback(url)) {
      throw new EnvironmentError(`${name} must be an https address that is not this machine in production.`);
    }
  }
  if (environment.bucket?.endpoint.startsWith('http:')) {
    throw new EnvironmentError('HETZNER_S3_ENDPOINT must be an https address in production.');
  }
  for (const id of environment.moderatorIds) {
    if (Number(id) >= standinIdsFrom) {
      throw new EnvironmentError(`MODERATOR_GITHUB_IDS holds ${id}, an account of the development stand-in.`);
    }
  }
}

const addressNames: [keyof GitHubAddresses, string][] = [
  ['serverUrl', 'GITHUB_SERVER_URL'],
  ['apiUrl', 'GITHUB_API_URL'],
  ['graphqlUrl', 'GITHUB_GRAPHQL_URL'],
  ['rawUrl', 'GIST_RAW_URL'],
];

/** Names and numbers of this machine, as URL parsing writes them. */
const loopback =
  /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]|0\.0\.0\.0)\.?$/;

function isLoopback(url: URL | null): boolean {
  return url !== null && loopback.test(url.hostname);
}

function databaseUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new EnvironmentError('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  }
  return value;
}

function siteUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
    throw new EnvironmentError('SITE_URL must be an https address, such as https://openagentsessions.org.');
  }
  return url.origin;
}

function sessionSecret(value: string | null): string | null {
  if (value !== null && value.length < 32) {
    throw new EnvironmentError(
      'SESSION_SECRET is too short: 32 characters at least, such as `openssl rand -hex 32` gives.',
    );
  }
  return value;
}

function oauthApp(clientId: string | null, clientSecret: string | null): Environment['oauthApp'] {
  if (clientId === null) return null;
  if (clientSecret === null) {
    throw new EnvironmentError(
      'GITHUB_CLIENT_ID is set, but GITHUB_CLIENT_SECRET is not. Set both, or neither.',
    );
  }
  return { clientId, clientSecret };
}

function canaryGistId(value: string | null): string | null {
  if (value !== null && !/^[0-9a-f]{1,64}$/.test(value)) {
    throw new EnvironmentError(
      'RECHECK_CANARY_GIST_ID must be the id of a gist: the last part of its address.',
    );
  }
  return value;
}

/** All of it, or none: half a bucket is a mistake somebody would like to hear of. */
function bucket(values: Record<Required, string | null>, region: string | null): BucketAccess | null {
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

function repository(value: string | null): string | null {
  if (value !== null && !/^[\w.-]+\/[\w.-]+$/.test(value)) {
    throw new EnvironmentError('GITHUB_REPOSITORY must be written owner/name.');
  }
  return value;
}

function address(name: string, record: EnvironmentRecord, standard: string): string {
  const value = record[name] || standard;
  const url = URL.parse(value);
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    throw new EnvironmentError(`${name} must be an http(s) address.`);
  }
  return value.replace(/\/+$/, '');
}

/** Actions name the repository they run in as `owner/name`; it is on github.com unless its whole address is set. */
function repositoryUrl(value: string | null, name: string | null): string | null {
  if (value === null) return name && `https://github.com/${name}`;
  if (URL.parse(value)?.protocol !== 'https:') {
    throw new EnvironmentError('REPOSITORY_URL must be an https address that git can clone.');
  }
  return value;
}

function moderatorIds(value: string | null): ReadonlySet<string> {
  const ids = (value ?? '').split(/[\s,]+/).filter(Boolean);
  const parsed = z.array(z.string().regex(/^[1-9]\d{0,15}$/)).safeParse(ids);
  if (!parsed.success || (value !== null && ids.length === 0)) {
    throw new EnvironmentError(
      'MODERATOR_GITHUB_IDS must be numeric GitHub account ids, separated by commas.',
    );
  }
  return new Set(parsed.data);
}
