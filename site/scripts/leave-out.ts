import type { Plugin } from 'vite';

/**
 * Parts of hyparquet for what our files do not have: variants, Bloom filters and places on Earth. Nothing calls them, but it
 * is a fifth of what a browser would fetch; one that is called all the same throws.
 */
const parts = /\/hyparquet\/src\/(?:variant|bloom|xxhash|wkb|geoparquet)\.js$/;

/** Filters are asked about each read, though none is ever given: what they answer to none is all that stays. */
const filter = /\/hyparquet\/src\/filter\.js$/;
const ofNone: Readonly<Record<string, string>> = {
  canSkipRowGroup: '() => false',
  columnsNeededForFilter: '() => []',
  pathsNeededForFilter: '() => []',
};

/** Leaves these parts out of a script. */
export function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    transform(code, id) {
      if (!parts.test(id) && !filter.test(id)) return null;
      const kept = filter.test(id) ? ofNone : {};
      const names = [...code.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].flatMap(
        ([, name]) => name ?? [],
      );
      const left = names.map((name) => `export const ${name} = ${kept[name] ?? 'leftOut'};\n`);
      return {
        code: `const leftOut = () => { throw new Error('left out'); };\n${left.join('')}`,
        map: null,
      };
    },
  };
}
