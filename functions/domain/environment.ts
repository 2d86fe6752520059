import {
  address,
  type BucketAccess,
  backupBucket,
  backupRecipients,
  bucket,
  type bucketVariables,
  canaryGistId,
  databaseUrl,
  datasetAddress,
  datasetLicense,
  EnvironmentError,
  isLoopback,
  metricsPort,
  moderatorIds,
  oauthApp,
  repository,
  repositoryUrl,
  sessionSecret,
  siteUrl,
  trustedProxies,
} from './environment-values.ts';

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
  | 'BACKUP_RECIPIENT'
  | 'BACKUP_S3_BUCKET'
  | (typeof bucketVariables)[number];

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
  /** The database of the earlier site, that rows are taken over from. */
  originalDatabaseUrl: string | null;
  /** Null outside production when unset: `dev` takes the address it listens on. */
  siteUrl: string | null;
  sessionSecret: string | null;
  /** Whose word is taken for where a request comes from: addresses, and networks as address/bits. */
  trustedProxies: readonly string[];
  /** Where this machine alone reads what the site measures; null: nowhere. */
  metricsPort: number | null;
  /** Null: the stand-in. */
  oauthApp: { clientId: string; clientSecret: string } | null;
  github: GitHubAddresses;
  /** A token without permissions that public gists are read with; null: they are read in the OAuth app's name. */
  gistsToken: string | null;
  /** A gist of the operator's that is always there: where it cannot be read, no gist is taken to be missing. */
  canaryGistId: string | null;
  /** Where snapshots are published; null: in a folder. */
  bucket: BucketAccess | null;
  /** Where backups are kept, which nobody else may read; null: in a folder. */
  backupBucket: BucketAccess | null;
  /** age public keys that backups are encrypted for; none where nobody set one. */
  backupRecipients: readonly string[];
  /** The repository whose releases snapshots become, as `owner/name`. */
  repository: string | null;
  /** Writes releases of that repository. */
  releaseToken: string | null;
  /** GitHub's numeric account ids. */
  moderatorIds: ReadonlySet<string>;
  datasetOutputDir: string;
  /** Where everybody reads the bucket, without a slash at its end; null: the site has its own copies only. */
  datasetAddress: string | null;
  /** Licence of the index's own metadata, an SPDX id or an address; null: none is stated. */
  datasetLicense: string | null;
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
    BACKUP_RECIPIENT: read('BACKUP_RECIPIENT'),
    BACKUP_S3_BUCKET: read('BACKUP_S3_BUCKET'),
  };
  if (production) {
    for (const name of required) {
      if (values[name] === null) throw new EnvironmentError(`${name} is not set. Set it, see .env.example.`);
    }
  }

  const region = read('AWS_DEFAULT_REGION');
  const backups = backupBucket({
    endpoint: values.HETZNER_S3_ENDPOINT,
    name: values.BACKUP_S3_BUCKET,
    region,
    accessKeyId: read('BACKUP_AWS_ACCESS_KEY_ID') ?? values.AWS_ACCESS_KEY_ID,
    secretAccessKey: read('BACKUP_AWS_SECRET_ACCESS_KEY') ?? values.AWS_SECRET_ACCESS_KEY,
  });
  const environment: Environment = {
    production,
    databaseUrl: databaseUrl(values.DATABASE_URL),
    originalDatabaseUrl: databaseUrl(read('ORIGINAL_DATABASE_URL'), 'ORIGINAL_DATABASE_URL'),
    siteUrl: siteUrl(values.SITE_URL),
    sessionSecret: sessionSecret(values.SESSION_SECRET),
    trustedProxies: trustedProxies(read('TRUSTED_PROXIES')),
    metricsPort: metricsPort(read('METRICS_PORT')),
    oauthApp: oauthApp(values.GITHUB_CLIENT_ID, values.GITHUB_CLIENT_SECRET),
    github: {
      serverUrl: address('GITHUB_SERVER_URL', record.GITHUB_SERVER_URL, 'https://github.com'),
      apiUrl: address('GITHUB_API_URL', record.GITHUB_API_URL, 'https://api.github.com'),
      graphqlUrl: address('GITHUB_GRAPHQL_URL', record.GITHUB_GRAPHQL_URL, 'https://api.github.com/graphql'),
      rawUrl: address('GIST_RAW_URL', record.GIST_RAW_URL, 'https://gist.githubusercontent.com'),
    },
    gistsToken: read('GITHUB_API_TOKEN'),
    canaryGistId: canaryGistId(read('RECHECK_CANARY_GIST_ID')),
    // A machine that makes backups and publishes nothing has the service's address, and no bucket to publish in.
    bucket:
      values.HETZNER_S3_BUCKET === null && (backups !== null || script === 'backup')
        ? null
        : bucket(values, region),
    backupBucket: backups,
    backupRecipients: backupRecipients(values.BACKUP_RECIPIENT),
    repository: repository(values.GITHUB_REPOSITORY),
    releaseToken: values.GITHUB_TOKEN,
    moderatorIds: moderatorIds(values.MODERATOR_GITHUB_IDS),
    datasetOutputDir: read('DATASET_OUTPUT_DIR') ?? '.dataset',
    datasetAddress: datasetAddress(read('DATASET_ADDRESS')),
    datasetLicense: datasetLicense(read('DATASET_LICENSE')),
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
  if ((environment.bucket ?? environment.backupBucket)?.endpoint.startsWith('http:')) {
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
