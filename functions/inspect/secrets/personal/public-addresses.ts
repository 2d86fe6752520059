import type { Mention } from './mention.ts';

const v4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-]?[\d]|\.[A-Za-z]|[A-Za-z_])/y;
const v6 = /(?<![A-Za-z0-9:.])[23][0-9a-f]{3}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}(?![A-Za-z0-9:])/iy;

/** Public resolvers and well-known anycast addresses. */
const known =
  /^(?:8\.8\.[48]\.[48]|1\.[01]\.[01]\.[0-3]|9\.9\.9\.\d{1,3}|208\.67\.22[02]\.22[02]|4\.2\.2\.\d|1\.2\.3\.4|5\.6\.7\.8)$/;
/** https://www.iana.org/assignments/iana-ipv4-special-registry: private, loopback, shared, documentation, benchmark, multicast. */
const special =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|192\.0\.[02]|198\.51\.100|203\.0\.113|198\.1[89]|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\./;

const isDigit = (byte = 0) => byte >= 0x30 && byte <= 0x39;
const isHex = (byte = 0) => isDigit(byte) || ((byte | 32) >= 0x61 && (byte | 32) <= 0x66);

/** The IPv4 address whose first dot is at a place; not a private or documented one, nor a version of four numbers. */
export function ipv4At(text: string, bytes: Uint8Array, at: number): Mention | null {
  if (!isDigit(bytes[at + 1]) || !isDigit(bytes[at - 1])) return null;
  let start = at - 1;
  while (at - start < 3 && isDigit(bytes[start - 1])) start--;
  v4.lastIndex = start;
  const value = v4.exec(text)?.[0];
  return value !== undefined && isPublicV4(value) && !isVersion(text, start) ? { value, start } : null;
}

/** The global IPv6 address (2000::/3) whose first colon is at a place; not a documented one or a public resolver's. */
export function ipv6At(text: string, bytes: Uint8Array, at: number): Mention | null {
  const start = at - 4;
  const first = bytes[start];
  if ((first !== 0x32 && first !== 0x33) || !isHex(bytes[at - 1])) return null;
  v6.lastIndex = start;
  const value = v6.exec(text)?.[0];
  if (value === undefined || !(/[a-f]/i.test(value) || value.includes('::'))) return null;
  return /^2001:0?db8:|^3fff:|^2001:4860:4860|^2606:4700:4700/i.test(value) ? null : { value, start };
}

function isPublicV4(address: string): boolean {
  const parts = address.split('.');
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return false;
  // The last number 0 names a network, or is a version's.
  return (
    parts[3] !== '0' &&
    !special.test(`${address}.`) &&
    !known.test(address) &&
    !parts.every((part) => part.length === 1)
  );
}

/** `v1.2.3.4`, `Chrome/120.0.6099.109`, `pkg-1.2.3.4`, `version 1.2.3.4`, `==1.2.3.4`. */
function isVersion(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 24), index);
  if (/\\[nrt]$/.test(before)) return false;
  return /[A-Za-z_+~^=<>-]$|[A-Za-z]\/$|(?:ver(?:sion)?s?|release|build|==|>=|<=|chrome|tag)\W{0,6}$/i.test(
    before,
  );
}
