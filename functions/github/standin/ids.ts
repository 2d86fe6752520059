import { createHash } from 'node:crypto';
import { standinIdsFrom } from '#domain/environment.ts';

/** The account's numeric id: stable, and the same for every spelling of the login's letter case. */
export function standinAccountId(login: string): number {
  const digest = createHash('sha256').update(login.toLowerCase()).digest();
  return standinIdsFrom + digest.readUInt32BE(0);
}

/** The id of the gist in `DIR/<login>/<name>`: 32 hex digits. */
export function standinGistId(login: string, name: string): string {
  return createHash('sha256').update(`${login}/${name}`).digest('hex').slice(0, 32);
}

// MessagePack, as in GitHub's own node ids: [0, uint64 account id, 32 character string].
const nodeIdStart = Buffer.from([0x93, 0x00, 0xcf]);
const nodeIdString = Buffer.from([0xda, 0x00, 0x20]);

/** The gist's node id, the same in REST and GraphQL. `gistId` is 32 hex digits. */
export function standinNodeId(login: string, gistId: string): string {
  const account = Buffer.alloc(8);
  account.writeBigUInt64BE(BigInt(standinAccountId(login)));
  return `G_${Buffer.concat([nodeIdStart, account, nodeIdString, Buffer.from(gistId)]).toString('base64url')}`;
}

/** The gist id inside a node id, or undefined where it is no node id of a stand-in gist. */
export function gistIdOfNodeId(nodeId: string): string | undefined {
  if (!nodeId.startsWith('G_')) return undefined;
  const bytes = Buffer.from(nodeId.slice(2), 'base64url');
  const gistId = bytes.subarray(-32).toString('latin1');
  return bytes.length === 46 && /^[0-9a-f]{32}$/.test(gistId) ? gistId : undefined;
}

/** An account's node id. */
export function standinUserNodeId(login: string): string {
  const account = Buffer.alloc(8);
  account.writeBigUInt64BE(BigInt(standinAccountId(login)));
  return `U_${Buffer.concat([Buffer.from([0x92, 0x00, 0xcf]), account]).toString('base64url')}`;
}
