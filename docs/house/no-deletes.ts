import { importsOf } from './imports.ts';
import { isTest, type Source } from './source.ts';

const client = '@aws-sdk/client-s3';

/** All that is used of the S3 client. Nothing here can take away what is there, or have it taken away later. */
const harmless = [
  'CompleteMultipartUploadCommand',
  'CreateMultipartUploadCommand',
  'GetBucketVersioningCommand',
  'GetObjectCommand',
  'GetObjectCommandOutput',
  'HeadObjectCommand',
  'PutObjectCommand',
  'S3Client',
  'S3ServiceException',
  'UploadPartCommand',
];

/** Uses of the S3 client that could delete what was published, each as a sentence. Tests make buckets of their own. */
export function deleteViolations(sources: readonly Source[]): string[] {
  return sources
    .filter((source) => !isTest(source.path) && !/\/testing(?:-[a-z]+)?\.ts$/.test(source.path))
    .filter(({ text }) => text.includes(client))
    .filter((source) => importsOf(source).some(({ specifier }) => specifier === client))
    .flatMap(({ path, text }) => {
      const names = namesOf(text);
      const others = names === null ? ['all of it'] : names.filter((name) => !harmless.includes(name));
      return others.map((name) => `${path} imports ${name} of ${client}: nothing published is ever deleted.`);
    });
}

/** The names a file imports of the client; null where it imports it in another way than by names. */
function namesOf(text: string): string[] | null {
  const lists = [...text.matchAll(/import\s*\{([^}]*)\}\s*from\s*'@aws-sdk\/client-s3'/g)];
  if (lists.length !== text.split(`'${client}'`).length - 1) return null;
  return lists.flatMap(([, list = '']) =>
    list
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .replace(/\s+as\s+.*$/, ''),
      )
      .filter(Boolean),
  );
}

/** The files that may ask GitHub to delete something, and what. */
const githubDeletes: Readonly<Record<string, string>> = {
  'functions/github/releases.ts': 'an asset of a draft',
  'functions/github/release-repository.ts': 'what the file above asks for',
};

/** Requests to GitHub that could delete something published, each as a sentence. The stand-in answers them. */
export function githubDeleteViolations(sources: readonly Source[]): string[] {
  const asks = /['"`]DELETE\b|\.delete(?:Release|ReleaseAsset|Ref|AFile)\b/;
  return sources
    .filter(({ path }) => !isTest(path) && !/\/(?:standin|testing)\b|\/testing[-.]/.test(path))
    .filter(({ path, text }) => /^(?:functions|actions)\//.test(path) && asks.test(text))
    .filter(({ path }) => !(path in githubDeletes))
    .map(({ path }) => `${path} asks GitHub to delete something: nothing published is ever deleted.`);
}
