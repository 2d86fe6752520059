import type { Plugin } from 'vite';

/**
 * Parts of hyparquet for what our files do not have: nested columns, variants, Bloom filters, places on Earth, and filters,
 * which we never give. It is a third of what a browser would fetch.
 */
const parts = /\/hyparquet\/src\/(?:assemble|filter|variant|bloom|xxhash|wkb|geoparquet)\.js$/;

/** What they answer where there is nothing of the kind, for those that are asked all the same. Any other throws. */
const ofNone: Readonly<Record<string, string>> = {
  assembleLists: '(_output, _definitions, _repetitions, values) => values',
  canSkipRowGroup: '() => false',
  columnsNeededForFilter: '() => []',
  pathsNeededForFilter: '() => []',
};

/** Leaves these parts out of a script. */
export function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    transform(code, id) {
      if (!parts.test(id)) return null;
      const names = [...code.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].flatMap(
        ([, name]) => name ?? [],
      );
      const left = names.map((name) => `export const ${name} = ${ofNone[name] ?? 'leftOut'};\n`);
      return {
        code: `const leftOut = () => { throw new Error('left out'); };\n${left.join('')}`,
        map: null,
      };
    },
  };
}
