const folders = ['actions', 'docs', 'functions', 'site', 'sql'];

/** Words that say nothing about what is inside. */
const empty = /^(?:utils?|helpers?|managers?|data|lib|shared|common|misc)$/;

/** What is wrong with the names of these paths, each as a sentence. */
export function nameViolations(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const parts = path.split('/');
    const [top = '', ...rest] = parts;
    if (rest.length > 0 && !folders.includes(top)) return [`${path}: ${top} is no folder of this house.`];
    const vague = parts.find((part) => empty.test(part.replace(/\..*$/, '')));
    if (vague !== undefined) return [`${path}: ${vague} says nothing about what is in it.`];
    return rest.length === 0 || named.test(path) || rest.every(isWellSpelt)
      ? []
      : [`${path} is not written as names are here.`];
  });
}

/** What other programs look for by name, or systemd by its way of naming units of which there are several. */
const named = /^docs\/deploy\/(?:Caddyfile|Dockerfile(?:\.dockerignore)?|[a-z-]+@\.service)$/;

/** kebab-case; pages may be parameters, components start with a capital, migrations and public files have their own way. */
function isWellSpelt(part: string): boolean {
  return (
    /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/.test(part) ||
    /^(?:[A-Z][A-Za-z]*|\[[a-z_]+\])\.astro$|^\[(?:\.\.\.)?[a-z_]+\](?:\.[a-z]+)*$/.test(part) ||
    /^\d{4}_[a-z0-9_]+\.sql$/.test(part)
  );
}
