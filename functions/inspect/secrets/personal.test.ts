import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const found = async (text: string) =>
  (await scanText(text)).map(({ detector, column }) => `${detector} ${column}`);

describe('personal data', () => {
  it.each([
    ['write to ann.miller@siemens.com', 'mail-address 10'],
    ['{"a":"x\\nann@siemens.com"}', 'mail-address 10'],
    ['<ann@siemens.com>', 'mail-address 2'],
    ['cd /home/annm/work', 'home-path 4'],
    ['"/Users/ann.miller/Library"', 'home-path 2'],
    ['"C:\\\\Users\\\\annm\\\\work"', 'home-path 5'],
    ['/mnt/c/Users/annm/x', 'home-path 7'],
    ['ssh deploy to 93.184.216.34:22', 'public-ip 15'],
    ['from 2a01:4f8:c17:b0f::2 port', 'public-ip 6'],
    ['call +49 170 3345 998 now', 'phone-number 6'],
    ['tel:+4917033459981', 'phone-number 5'],
  ])('is told: %s', async (text, expected) => {
    expect(await found(text)).toEqual([expected]);
    expect((await scanText(text)).map(({ severity }) => severity)).toEqual(['low']);
  });

  it.each([
    'noreply@anthropic.com 1234+ann@users.noreply.github.com someone@example.org root@localhost',
    'git clone git@github.com:o/r.git && npm i left-pad@1.3.0 @types/node@24.1.0 icon@2x.png',
    '/home/user/x /Users/username/x /home/runner/work /home/vscode /Users/dev/x https://site.org/home/page/',
    '10.0.0.7 192.168.1.20 172.16.3.4 127.0.0.1 8.8.8.8 1.1.1.1 203.0.113.9 0.0.0.0 255.255.255.0',
    'Chrome/131.0.6778.86 version 93.184.216.34 pkg-4.11.22.33 v93.184.216.34 2001:db8::1 2606:4700:4700::1111',
    '2025-11-24T05:12:33+01:00 +1234567890123456789 @@ -1,7 +10,12 @@ a+49170 +1 555 0100 234',
  ])('is none: %s', async (text) => {
    expect(await found(text)).toEqual([]);
  });
});
