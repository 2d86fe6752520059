/** A part of the browser that TypeScript's library does not know yet: https://www.w3.org/TR/trusted-types/ */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL?(address: string): string; createHTML?(html: string): string },
  ): { createScriptURL(address: string): string; createHTML(html: string): string };
}

/** What turns text into markup or into the address of a script, where the browser lets nothing else do it. */
export const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
