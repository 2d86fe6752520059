import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { formats } from './formats/registry.ts';

/** Changes when a format module changes its version or one joins; sessions read before are inspected again then. */
export const formatsVersion = bytesToHex(
  sha256(utf8ToBytes(formats.map(({ id, version }) => `${id}:${version}`).join(' '))),
).slice(0, 12);
