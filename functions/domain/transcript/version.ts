import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { formats } from './formats/registry.ts';

/** Raised when what all formats share reads a file differently: its encoding, its shape, the summary. */
const sharedVersion = 2;

/**
 * Changes when a format module changes its version or one joins, and with the version of what they share; sessions read
 * before are inspected again then.
 */
export const formatsVersion = bytesToHex(
  sha256(utf8ToBytes(`${sharedVersion} ${formats.map(({ id, version }) => `${id}:${version}`).join(' ')}`)),
).slice(0, 12);
