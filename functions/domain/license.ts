/** The licences a contributor may choose from, by SPDX id. There is no default. */
export const licenses = {
  'CC0-1.0': {
    name: 'CC0 1.0 Universal',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    gist: 'No conditions: dedicated to the public domain.',
  },
  'CC-BY-4.0': {
    name: 'Creative Commons Attribution 4.0',
    url: 'https://creativecommons.org/licenses/by/4.0/',
    gist: 'Any use, with credit to you.',
  },
  'ODC-By-1.0': {
    name: 'Open Data Commons Attribution 1.0',
    url: 'https://opendatacommons.org/licenses/by/1-0/',
    gist: 'A data licence: any use, with credit to you.',
  },
  MIT: {
    name: 'MIT License',
    url: 'https://spdx.org/licenses/MIT.html',
    gist: 'A software licence: any use, keeping your notice.',
  },
  'Apache-2.0': {
    name: 'Apache License 2.0',
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    gist: 'A software licence: any use, keeping your notice; includes a patent grant.',
  },
} as const;

export type License = keyof typeof licenses;

export const licenseIds = Object.keys(licenses) as [License, ...License[]];

export function isLicense(id: string): id is License {
  return Object.hasOwn(licenses, id);
}
