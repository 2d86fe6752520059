import { alphabets, type Random } from './testing-random.ts';

/** Makes a canary of one format. */
export type Format = (random: Random) => { value: string; line: string; name: string };

/** How a value stands in a line of a session. */
export const lines = {
  assigned: (name: string, value: string) => `${name}=${value}`,
  bare: (_name: string, value: string) => `the key is ${value} for now`,
  npmrc: (_name: string, value: string) => `//registry.npmjs.org/:_authToken=${value}`,
  gcp: (_name: string, value: string) => `"private_key_id": "k1", "private_key": ${JSON.stringify(value)}`,
  azure: (_name: string, value: string) =>
    `DefaultEndpointsProtocol=https;AccountName=store1;${value};EndpointSuffix=core.windows.net`,
  sas: (_name: string, value: string) =>
    `https://store1.blob.core.windows.net/c/f.bin?sv=2024-11-04&se=2027-01-01&sr=b&sp=r&sig=${value}`,
  bearer: (_name: string, value: string) =>
    `curl -H 'Authorization: Bearer ${value}' https://api.internal.host/v1`,
  basic: (_name: string, value: string) =>
    `curl -H 'Authorization: Basic ${value}' https://api.internal.host/v1`,
  xapikey: (_name: string, value: string) => `curl -H "x-api-key: ${value}" https://api.internal.host/v1`,
  cookie: (_name: string, value: string) => `Set-Cookie: theme=dark; sessionid=${value}; Path=/; HttpOnly`,
  ado: (_name: string, value: string) =>
    `Server=tcp:db.corp.net,1433;Database=app;User Id=svc;Password=${value};Encrypt=true`,
  exported: (name: string, value: string) => `export ${name}="${value}"`,
  yaml: (name: string, value: string) => `${name}: ${value}`,
  json: (name: string, value: string) => `"${name}": "${value}"`,
};

export function canary(name: string, value: string, line: (name: string, value: string) => string) {
  return { name, value, line: line(name, value) };
}

export function uuidLike(r: Random): string {
  return [8, 4, 4, 4, 12].map((length) => r.of(alphabets.hex, length)).join('-');
}

export function webToken(r: Random, role: string): string {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const claims = { iss: 'issuer', role, sub: r.of(alphabets.hex, 12), iat: 1_700_000_000 };
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${r.of(alphabets.base62, 43)}`;
}

export function pem(r: Random, label: string, magic: string): string {
  const body = magic + r.of(alphabets.base64, 64 * 12 - magic.length);
  const folded = body.match(/.{64}/g)?.join('\n') ?? '';
  return `-----${'BEGIN'} ${label}-----\n${folded}\n-----END ${label}-----\n`;
}

export function address(r: Random, scheme: string): string {
  const password = r.of(alphabets.base62, 14) + r.of(alphabets.digits, 2);
  return `${scheme}://svc:${password}@db7.prod-cluster.net/app`;
}
