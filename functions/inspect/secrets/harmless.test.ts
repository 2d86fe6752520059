import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';
import { openRandom } from './testing-random.ts';

const { of } = openRandom(21);
const hex = '0123456789abcdef';
const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64 = `${base62}+/`;
const uuid = [8, 4, 4, 4, 12].map((length) => of(hex, length)).join('-');

async function blocking(text: string): Promise<string[]> {
  const raw = await scanText(text);
  const escaped = await scanText(JSON.stringify({ content: JSON.stringify({ text }) }));
  return [...raw, ...escaped].filter(({ severity }) => severity === 'high').map(({ detector }) => detector);
}

describe('no secret', () => {
  it.each([
    'API_KEY=<your-token>',
    'API_KEY=your_api_key_goes_here_12345',
    `OPENAI_API_KEY=sk-${'x'.repeat(48)}`,
    'OPENAI_API_KEY=sk-...',
    `export GITHUB_TOKEN=${'$'}{TOKEN}`,
    `GITHUB_TOKEN: ${'$'}{{ secrets.GITHUB_TOKEN }}`,
    'const token = process.env.GITHUB_TOKEN',
    'password: os.environ["DB_PASSWORD1"]',
    'DB_PASSWORD=[REDACTED]',
    'DB_PASSWORD=********',
    'DB_PASSWORD=changeme',
    'DB_PASSWORD=password123',
    'password = "Test1234!"',
    `ghp_${'a'.repeat(36)}`,
    `ghp_${'x'.repeat(36)}`,
    `ghp_${'0123456789'.repeat(3)}abcdef`,
    'AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'postgres://postgres:postgres@localhost:5432/app',
    'postgres://user:password@db.example.com/app',
    `mysql://root:${'$'}{MYSQL_PASSWORD}@db/app`,
    'Authorization: Bearer <token>',
    'Authorization: Bearer $TOKEN',
    'Authorization: Bearer YOUR_ACCESS_TOKEN_HERE',
    '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----',
    "if (text.includes('-----BEGIN PRIVATE KEY-----')) throw new Error('a private key must not be in here')",
    'type Password = Uint8Array | string;',
    'const accessToken = await getAccessTokenFromStore2(config);',
  ])('in a placeholder: %s', async (text) => {
    expect(await blocking(text)).toEqual([]);
  });

  it.each([
    ['a git sha', `commit ${of(hex, 40)}`],
    ['a uuid', `"sessionToken": "${uuid}", "cacheKey": "${of(base62, 32)}"`],
    ['a package’s digest', `"integrity": "sha512-${of(base64, 86)}=="`],
    ['an image', `data:image/png;base64,iVBORw0KGgo${of(base64, 4000)}`],
    [
      'ids of messages and calls',
      `"id":"toolu_01${of(base62, 22)}","message":{"id":"msg_01${of(base62, 22)}"}`,
    ],
    ['ids of requests', `"requestId":"req_011${of(base62, 21)}","call_id":"call_${of(base62, 24)}"`],
    ['a signature of thinking', `{"type":"thinking","thinking":"","signature":"${of(base64, 600)}=="}`],
    ['encrypted reasoning', `{"type":"reasoning","encrypted_content":"gAAAAAB${of(base62, 900)}"}`],
    [
      'counts of tokens',
      '"usage":{"input_tokens":1234567,"cache_read_input_tokens":20480,"output_tokens":99}',
    ],
    ['the key of a cache', `"prompt_cache_key":"${uuid}","nextPageToken":"${of(base62, 40)}"`],
    [
      'minified code',
      'function a(b,c){return b.token=c.k||e.apiKey,t.password=function(){return n.secretKey1?r:o}}',
    ],
  ])('in %s', async (_what, text) => {
    expect(await blocking(text)).toEqual([]);
  });
});
