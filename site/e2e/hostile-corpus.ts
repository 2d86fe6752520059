import { claude, monstrous, subagents, tools } from './hostile-claude-code.ts';
import { aider, claudeHtml, page, pi, piHtml, specstory } from './hostile-formats.ts';
import type { HostileFile } from './hostile-shapes.ts';

/** The corpus: files of a gist each, so that what goes wrong in one is told by its name. */
export function hostileFiles(): HostileFile[] {
  const own = pi();
  return [
    claude(),
    monstrous(),
    tools(),
    subagents(),
    own.file,
    aider(),
    specstory(),
    claudeHtml(),
    piHtml(own),
    page(),
  ];
}
