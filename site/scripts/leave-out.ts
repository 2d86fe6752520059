import type { Plugin } from 'vite';

/**
 * Parts of hyparquet for what our files do not have: variants, Bloom filters and places on Earth. Nothing calls them, but it
 * is a fifth of what a browser would fetch; one that is called all the same throws.
 */
const parts = /\/hyparquet\/src\/(?:variant|bloom|xxhash|wkb|geoparquet)\.js$/;

/** Leaves these parts out of a script. */
export function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    transform(code, id) {
      if (!parts.test(id)) return null;
      const names = [...code.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(
        ([, name]) => name,
      );
      const left = `const left = () => { throw new Error('left out'); };`;
      const exported = `export { ${names.map((name) => `left as ${name}`).join(', ')} };`;
      return { code: `${left}\n${exported}\n`, map: null };
    },
  };
}
