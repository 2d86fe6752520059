import type { Emit } from '../event.ts';
import { htmlText } from './html-text.ts';
import { parsedArguments } from './json-arguments.ts';

interface Place {
  line: number;
  at: string | undefined;
}

const opening =
  /<(?:div|details) class="(thinking|assistant-text|user-content|continuation|image-block|todo-list|tool-use(?: bash-tool)?|file-tool (?:write|edit)-tool|tool-result(?: tool-error)?)"(?: data-tool-id="([^"]{0,200})")?>/g;

interface Block {
  name: string;
  toolId: string | undefined;
  html: string;
}

/** The blocks of a message, each up to the next one's beginning; what stands before the first has no name. */
function blocksOf(html: string): Block[] {
  const blocks: Block[] = [];
  let open: { name: string; toolId: string | undefined; from: number } = {
    name: '',
    toolId: undefined,
    from: 0,
  };
  for (const found of html.matchAll(opening)) {
    blocks.push({ name: open.name, toolId: open.toolId, html: html.slice(open.from, found.index) });
    open = { name: found[1] ?? '', toolId: found[2] || undefined, from: found.index + found[0].length };
  }
  blocks.push({ name: open.name, toolId: open.toolId, html: html.slice(open.from) });
  return blocks;
}

/** Emits one message of a page of claude-code-transcripts: its text, then what else is in it. */
export function emitPageBlocks(
  html: string,
  role: 'user' | 'assistant' | 'tool-reply',
  place: Place,
  emit: Emit,
): void {
  const blocks = blocksOf(html);
  const inReply = (block: Block) => role === 'tool-reply' && !block.name.startsWith('tool-result');
  const spoken = blocks
    .filter(({ name }) => ['', 'assistant-text', 'user-content', 'continuation'].includes(name))
    .map((block) => htmlText(block.html))
    .filter((text) => text !== '')
    .join('\n');
  if (role !== 'tool-reply') emit({ ...place, kind: 'message', role, text: spoken });
  for (const [index, block] of blocks.entries()) {
    if (inReply(block)) continue;
    if (block.name === 'thinking') {
      emit({ ...place, kind: 'thinking', text: htmlText(block.html.replace(thinkingLabel, '')) });
    } else if (block.name.startsWith('tool-result')) {
      const rest = role === 'tool-reply' ? nested(blocks, index) : '';
      const shown = `${block.html}${rest}`.replaceAll('>Show more<', '><');
      const callId = role === 'assistant' ? blocks[index - 1]?.toolId : undefined;
      const failed = block.name.endsWith('tool-error');
      emit({ ...place, kind: 'tool_result', callId, text: htmlText(shown), failed });
    } else if (block.name === 'image-block') {
      const mediaType =
        /src="data:([\w.+-]{1,40}\/[\w.+-]{1,40});/.exec(block.html.slice(0, 300))?.[1] ?? null;
      emit({ ...place, kind: 'attachment', mediaType });
    } else emitCall(block, place, emit);
  }
}

const thinkingLabel = '<div class="thinking-label">Thinking</div>';

/** The blocks a tool's result is made of, up to the next result. */
function nested(blocks: readonly Block[], index: number): string {
  const parts: string[] = [];
  for (let next = index + 1; next < blocks.length; next += 1) {
    const block = blocks[next];
    if (!block || block.name.startsWith('tool-result')) break;
    parts.push(block.html);
  }
  return parts.join('\n');
}

function emitCall(block: Block, place: Place, emit: Emit): void {
  const call = (name: string, input: unknown) =>
    emit({ ...place, kind: 'tool_call', id: block.toolId, name, input });
  if (block.name === 'todo-list') call('TodoWrite', { todos: between(block.html, '<ul', '</ul>') });
  else if (block.name === 'tool-use bash-tool') {
    call('Bash', { command: between(block.html, '<pre class="bash-command">', '</pre>') });
  } else if (block.name === 'tool-use') {
    const name = between(block.html, '</span>', '</div>').slice(0, 300) || 'unknown';
    call(name, parsedArguments(between(block.html, '<div class="truncatable-content">', '</pre>')));
  } else if (block.name.startsWith('file-tool')) {
    const path = between(block.html, '<div class="file-tool-fullpath">', '</div>');
    const writes = block.name === 'file-tool write-tool';
    const old = between(block.html, 'edit-old">', '<div class="edit-section edit-new">').replace(/^−\s*/, '');
    const fresh = between(block.html, 'edit-new">', '<button').replace(/^\+\s*/, '');
    const change = writes
      ? { content: between(block.html, '<div class="truncatable-content">', '<button') }
      : { old_string: old, new_string: fresh };
    call(writes ? 'Write' : 'Edit', { file_path: path, ...change });
  }
}

/** The text between two marks; empty without the first, up to the end without the second. */
function between(html: string, from: string, to: string): string {
  const start = html.indexOf(from);
  if (start < 0) return '';
  const end = html.indexOf(to, start + from.length);
  return htmlText(html.slice(start + (from.endsWith('>') ? from.length : 0), end < 0 ? undefined : end));
}
