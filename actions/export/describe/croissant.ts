import { datasetRow } from '#domain/dataset-row.ts';
import { type Field, fieldTable } from '#domain/field-table.ts';
import { publishedType } from '#domain/published-type.ts';
import { type About, datasetName, datasetTags, describedAs, licensePage } from './about.ts';
import { context } from './croissant-context.ts';

const rowsFile = 'submissions.parquet';
const dataTypes: Readonly<Record<string, string>> = {
  integer: 'sc:Integer',
  boolean: 'sc:Boolean',
  time: 'sc:DateTime',
  URL: 'sc:URL',
};

/**
 * The text of `croissant.json`: the snapshot for programs that load data sets by Croissant 1.1 or find them by
 * schema.org. Files are named as they are beside it, wherever that is. https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
 */
export function croissantText(about: About): string {
  const { site, license } = about;
  const operator = { '@type': 'sc:Organization', name: new URL(site).host, url: site };
  const whole = {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name: datasetName,
    description: describedAs,
    url: `${site}/dataset`,
    license: license ?? licensePage(site),
    creator: operator,
    publisher: operator,
    datePublished: about.date,
    // Croissant counts a change of records as a major one, and every change has a number in the log.
    version: `${about.logSeq}.0.0`,
    isLiveDataset: false,
    keywords: datasetTags,
    citeAs: `${datasetName}, log number ${about.logSeq}, ${site}/dataset`,
    'rai:dataCollection':
      'Contributors submit their own public gists and attest that they may share them; a moderator reads every revision before it is listed.',
    'rai:dataLimitations':
      'Sessions are chosen by their contributors and are no sample of anything. What is not known of one is null.',
    'rai:personalSensitiveInformation':
      'Rows name the GitHub account of each contributor. Gists are searched for secrets and personal data before they are listed; sessions are not part of the data set.',
    'rai:dataReleaseMaintenancePlan':
      'Gists are checked again and again; every departure of a row is a line of removed.ndjson, which readers are asked to honour.',
    distribution: Object.entries(about.files).map(([name, { sha256, bytes }]) => ({
      '@type': 'cr:FileObject',
      '@id': name,
      name,
      contentUrl: name,
      contentSize: `${bytes} B`,
      encodingFormat: publishedType(name).replace(/;.*/, ''),
      sha256,
    })),
    recordSet: [
      {
        '@type': 'cr:RecordSet',
        '@id': 'sessions',
        name: 'sessions',
        description: 'One record a listed session, newest approval first',
        key: { '@id': 'sessions/record_id' },
        field: fields(),
      },
    ],
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function fields(): object[] {
  const table = fieldTable(datasetRow);
  return table
    .filter(({ name }) => !name.includes('[].'))
    .map((field) => {
      const parts = table.filter(({ name }) => name.startsWith(`${field.name}[].`));
      const subField = parts.map((part) => fieldOf(part, part.name.replace('[].', '/')));
      return { ...fieldOf(field, field.name), ...(subField.length > 0 ? { subField } : {}) };
    });
}

function fieldOf({ name, type, description }: Field, path: string): object {
  const [column = name, part] = path.split('/');
  const isList = type.startsWith('list of ');
  const extract = { column };
  return {
    '@type': 'cr:Field',
    '@id': `sessions/${path}`,
    name: `sessions/${path}`,
    description,
    ...(type === 'list of objects' ? {} : { dataType: dataTypes[type] ?? 'sc:Text' }),
    ...(isList ? { isArray: true, arrayShape: '-1' } : {}),
    source: {
      fileObject: { '@id': rowsFile },
      extract,
      ...(part === undefined ? {} : { transform: { jsonPath: `$[*].${part}` } }),
    },
  };
}
