/** A file or folder that a text names, as seen from the repository's root. */
const ownPath = /^(?:site|functions|actions|sql|docs|\.github|\.ci)\/[\w.@[\]/-]*$/;
const rootFile =
  /^(?:README\.md|LICENSE|package(?:-lock)?\.json|tsconfig\.json|astro\.config\.mjs|\.env\.example)$/;

/**
 * Paths that a Markdown text cites: `actions/job.ts` between backticks, and targets of relative links. `document` is
 * where the text is, from the root. What holds a placeholder, as `actions/<job>/index.ts`, is no citation.
 */
export function citedPaths(document: string, text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gms, '');
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:|^\//.test(target))
    .map((target) => new URL(target, `file:///${document}`).pathname.slice(1));
  const paths = quoted.filter((code) => ownPath.test(code) || rootFile.test(code));
  return [...paths, ...links].map((path) => path.replace(/\/$/, ''));
}

/** Scripts of package.json that no text tells how to run. */
export function untoldScripts(scripts: readonly string[], texts: readonly string[]): string[] {
  return scripts.filter((script) => {
    const call = new RegExp(`npm (?:run )?${script}(?![\\w:])`);
    return !texts.some((text) => call.test(text));
  });
}
