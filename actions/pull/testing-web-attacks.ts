import { gzipSync } from 'node:zlib';
import type { Attack, World } from './testing-world.ts';

const leadTo = (world: World, key: string, location: string) =>
  world.answers.set(key, (_, response) => response.writeHead(302, { location }).end());
const endlessly = (world: World, key: string, piece: Buffer) =>
  world.answers.set(key, (_, response) => {
    const more = () => {
      while (response.write(piece));
    };
    response.writeHead(200).on('drain', more);
    more();
  });
/** On the way: a server, or whoever plays it, that answers as none should. */
export const webAttacks: readonly Attack[] = [
  {
    attack: 'the connection breaks off, again and again',
    check: 'its size in the manifest',
    words: /does not answer \(.+\)\. Check the address and the network/,
    mount: (world) =>
      world.answers.set(`snapshots/${world.second}/urls.txt`, (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('h', () => response.destroy());
      }),
  },
  {
    attack: 'a data file never ends',
    check: 'its size in the manifest; no byte more is kept',
    words: /submissions\.ndjson goes on after the \d+ bytes that the manifest promises/,
    mount: (world) =>
      endlessly(world, `snapshots/${world.second}/submissions.ndjson`, Buffer.alloc(65_536, 'x')),
  },
  {
    attack: 'the manifest never ends',
    check: 'the limit of 1 MiB',
    words: /latest\/manifest\.json is larger than such a file can be/,
    mount: (world) => endlessly(world, 'latest/manifest.json', Buffer.alloc(65_536, ' ')),
  },
  {
    attack: 'SHA256SUMS never ends',
    check: 'the limit of 1 MiB',
    words: /SHA256SUMS is larger than such a file can be/,
    mount: (world) => endlessly(world, `snapshots/${world.second}/SHA256SUMS`, Buffer.alloc(65_536, 'a')),
  },
  {
    attack: 'a server that takes the request and never answers',
    check: 'patience: next to nothing in 30 seconds (0.3 here)',
    words: /latest\/manifest\.json sends nothing, or next to nothing, for \d+ seconds/,
    mount: (world) => world.answers.set('latest/manifest.json', () => undefined),
  },
  {
    attack: 'a slow drip, a byte at a time',
    check: 'patience: next to nothing in 30 seconds (0.3 here)',
    words: /submissions\.ndjson sends nothing, or next to nothing, for \d+ seconds/,
    mount: (world) =>
      world.answers.set(`snapshots/${world.second}/submissions.ndjson`, (_, response) => {
        response.writeHead(206);
        const drip = setInterval(() => response.write('{'), 20);
        response.on('close', () => clearInterval(drip));
      }),
  },
  {
    attack: 'a redirect to a file of this machine',
    check: 'redirects lead to https, or from http to http',
    words: /latest\/manifest\.json leads to file:, where no snapshot is fetched from/,
    mount: (world) => leadTo(world, 'latest/manifest.json', 'file:///etc/passwd'),
  },
  {
    attack: 'a redirect to data:',
    check: 'redirects lead to https, or from http to http',
    words: /urls\.txt leads to data:, where no snapshot is fetched from/,
    mount: (world) => leadTo(world, `snapshots/${world.second}/urls.txt`, 'data:text/plain,x'),
  },
  {
    attack: 'a redirect with a password in it',
    check: 'redirects carry none',
    words: /leads to https:\/\/example\.org, where no snapshot is fetched from/,
    mount: (world) => leadTo(world, 'latest/manifest.json', 'https://a:b@example.org/x'),
  },
  {
    attack: 'redirects in a circle',
    check: 'at most 5 redirects',
    words: /latest\/manifest\.json leads on more than 5 times/,
    mount: (world) => leadTo(world, 'latest/manifest.json', '/latest/manifest.json'),
  },
  {
    attack: 'a gzip bomb',
    check: 'content-encoding, which nobody asked for',
    words: /submissions\.ndjson comes compressed, though it was asked for as it is/,
    mount: (world) =>
      world.answers.set(`snapshots/${world.second}/submissions.ndjson`, (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
      }),
  },
];
