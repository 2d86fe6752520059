/** A part of the browser that TypeScript's library does not know yet: https://www.w3.org/TR/trusted-types/ */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL?(address: string): string; createHTML?(html: string): string },
  ): { createScriptURL(address: string): string; createHTML(html: string): string };
}

const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;

const worker = types?.createPolicy('own-worker', { createScriptURL: own });

/** The address of a worker of ours, as browsers take it that let no text become the address of a script. */
export function ownWorker(address: string): string {
  return worker?.createScriptURL(address) ?? own(address);
}

function own(address: string): string {
  if (new URL(address, location.href).origin !== location.origin) throw new Error('not a script of ours');
  return address;
}
