import { describe, expect, it } from 'vitest';
import { scanText } from '../scan-text.ts';
import { alphabets as a, openRandom } from '../testing-random.ts';

const random = openRandom(33);
const key = random.of(a.base62, 36);
const password = 'vT4!mQz92xKd';
const words = 'ocean ladder violin copper meadow rifle saddle tunnel velvet winter zebra puzzle';

async function blocking(text: string): Promise<string[]> {
  const raw = await scanText(text);
  const escaped = await scanText(JSON.stringify({ content: JSON.stringify({ text }) }));
  const found = [raw, escaped].map((hits) => hits.filter(({ severity }) => severity === 'high'));
  return found.map((hits) => hits.map(({ detector }) => detector).join(' '));
}

describe('a value that a name tells of', () => {
  it.each([
    ['a typed declaration', `private readonly apiToken: string = '${key}';`],
    ['a Rust binding', `let api_key: &str = "${key}";`],
    ['a Go constant', `const authToken string = "${key}"`],
    ['a default', `const secret = process.env.JWT_SECRET || '${key}';`],
    ['a default in an argument', `TOKEN = os.getenv("API_TOKEN", "${key}")`],
    ['a setter', `source.setPassword("${password}");`],
    ['PHP', `define('DB_PASSWORD', '${password}');`],
    ['a verbatim string', `var clientSecret = @"${key}";`],
    ['bytes', `SECRET_KEY = b'${key}'`],
    ['a block of YAML', `secret_key: >-\n  ${key}`],
    ['Markdown in bold', `- **Password**: \`${password}\``],
    ['a fenced block', `API key:\n\n\`\`\`\n${key}\n\`\`\``],
    ['a short name', `{ user: 'mailer', pass: '${password}' }`],
    ['lower case without quotes', `password: ${password}`],
    ['a remark behind it', `REDIS_PASSWORD=${password} # the cache`],
    ['a Dockerfile', `ENV API_TOKEN ${key}`],
    ['a flag', `deploy login --username me --password ${password}`],
    ['a flag with an equals sign', `deploy --api-key=${key}`],
    ['a sentence', `the password is ${password} for now`],
    ['a sentence without a verb', `here is my api key ${key} to use`],
    ['a cell of a table', `| Name | Value |\n|---|---|\n| \`API_TOKEN\` | \`${key}\` |`],
    ['a pair in an array', `["API_TOKEN", "${key}"]`],
    ['an object with more fields', `{"name":"API_TOKEN","type":"plain","target":["a"],"value":"${key}"}`],
    ['an object the other way round', `{"value":"${key}","key":"API_TOKEN"}`],
    ['YAML over two lines', `env:\n- name: API_TOKEN\n  value: ${key}`],
    ['YAML over two lines, numbered', `  12→- name: API_TOKEN\n  13→  value: ${key}`],
    ['an element', `<username>ci</username><password>${password}</password>`],
    ['an attribute', `<add key="ApiSecret" value="${key}" />`],
    ['a property list', `<key>ApiSecret</key>\n<string>${key}</string>`],
    ['an app password', 'GMAIL_APP_PASSWORD="kqzx vbnw plrt ywqm"'],
    ['a seed phrase', `MNEMONIC="${words}"`],
    ['a seed phrase in fields', `{"name":"MNEMONIC","type":"plain","value":"${words}"}`],
    ['a wallet', `new ethers.Wallet("0x${random.of(a.hex, 64)}")`],
    ['WordPress', `define( 'AUTH_KEY',         'q<P${random.of(a.url, 58)}>#!' );`],
    [
      'a JSON web key',
      `{"kty":"EC","crv":"P-256","x":"${random.of(a.url, 43)}","d":"${random.of(a.url, 43)}"}`,
    ],
  ])('in %s', async (_what, text) => {
    expect((await blocking(text)).every((found) => found !== '')).toBe(true);
  });

  it.each([
    ['curl', `curl -u admin:${password} https://ci.corp.net/`],
    ['docker', `docker login -u me -p ${password} registry.corp.net`],
    ['redis-cli', `redis-cli -h cache -a ${password} ping`],
    ['htpasswd', `htpasswd -b .htpasswd admin ${password}`],
    ['sqlcmd', `sqlcmd -S db.corp.net -U sa -P '${password}' -Q "select 1"`],
    ['openssl', `openssl pkcs12 -in a.p12 -passin pass:${password} -nodes`],
    ['chpasswd', `echo "deploy:${password}" | sudo chpasswd`],
    ['SQL', `CREATE USER app WITH PASSWORD '${password}';`],
    ['.pgpass', `db.corp.net:5432:main:app:${password}`],
    ['.netrc over lines', `machine api.corp.net\n  login me\n  password ${password}`],
    [
      'docker’s settings',
      `{"auths":{"r.corp.net":{"auth":"${Buffer.from(`me:${password}`).toString('base64')}"}}}`,
    ],
    ['an argument', `requests.get(url, auth=('admin', '${password}'))`],
  ])('on the line of %s', async (_what, text) => {
    expect((await blocking(text)).every((found) => found !== '')).toBe(true);
  });

  it.each([
    ['a URL', encodeURIComponent(`API_TOKEN="${key}"`)],
    ['signs as JSON escapes', `API_TOKEN\\u003d\\u0022${key}\\u0022`],
    ['signs as HTML', `API_TOKEN&#x3D;&quot;${key}&quot;`],
    ['a terminal’s colours', `\u001b[34mAPI_TOKEN\u001b[0m=\u001b[33m${key}\u001b[39m`],
    ['an address in a URL', encodeURIComponent(`postgres://app:${key}@db.corp.net/main`)],
  ])('written as %s', async (_what, text) => {
    expect((await blocking(text)).every((found) => found !== '')).toBe(true);
  });
});

describe('no secret, though a name is there', () => {
  it.each([
    '--- PASS: TestReads2Files/from_disk_A1b2 (0.00s)',
    'pass v8::Object to the function',
    'the token is refreshed every 15 minutes',
    'password must have 8 characters and 1 digit',
    'password: string = "";',
    'const token = config.apiToken2 || options.token',
    'const apiKey = process.env.API_KEY ?? "";',
    'os.getenv("API_TOKEN", "")',
    'setPassword("Test1234!")',
    '["password", "passwordConfirmation1"]',
    '| api_key | string | required |',
    '| `password` | `Uint8Array` | 1.2.0 |',
    '<label for="password">Password</label><input type="password" name="password1">',
    '{"name":"API_TOKEN","required":true,"value":""}',
    '{"name":"API_TOKEN","value":"<your-token>"}',
    'env:\n- name: API_TOKEN\n  valueFrom:\n    secretKeyRef: {name: app-2024, key: token1}',
    'deploy login --password <password> --token $TOKEN',
    'deploy --password-stdin --token-file ./token2.txt',
    'MNEMONIC="test test test test test test test test test test test junk"',
    'the seed phrase is the list of words that you get when you make the wallet and must never be told',
    "CREATE USER app WITH PASSWORD 'changeme';",
    'curl -u "$USER:$PASSWORD" https://ci.corp.net/',
    'DB_PASSWORD=op://vault/db2/password1',
    'new Wallet("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")',
    '"sessionKey":"agent:main:subagent:3f2b8c1e-7a4d-4c8e-9b1f-2d3e4f5a6b7c"',
    'PASSWORD=changeme42',
    'password = "ThisIsMyPassword1"',
    'psk: &#x3C;Buffer|TypedArray|DataView2>',
    'STORAGE_KEY = "theme-v2-settings-2024"',
  ])('%s', async (text) => {
    expect(await blocking(text)).toEqual(['', '']);
  });
});
