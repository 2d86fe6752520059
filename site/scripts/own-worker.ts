import { trustedTypes } from './trusted-types.ts';

const policy = trustedTypes?.createPolicy('own-worker', { createScriptURL: own });

/** The address of a worker of ours, as browsers take it that let no other text become the address of a script. */
export function ownWorker(address: string): string {
  return policy?.createScriptURL(address) ?? own(address);
}

function own(address: string): string {
  if (new URL(address, location.href).origin !== location.origin) throw new Error('not a script of ours');
  return address;
}
