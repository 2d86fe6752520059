import { extname } from 'node:path';

interface FileKind {
  /** Media type, as GitHub names it for gist files. */
  type: string;
  /** Linguist's name of the language, null where it knows none. */
  language: string | null;
}

const plain: FileKind = { type: 'text/plain', language: null };

const kinds: Record<string, FileKind> = {
  '.css': { type: 'text/css', language: 'CSS' },
  '.go': { type: 'text/plain', language: 'Go' },
  '.html': { type: 'text/html', language: 'HTML' },
  '.js': { type: 'application/javascript', language: 'JavaScript' },
  '.json': { type: 'application/json', language: 'JSON' },
  '.jsonl': { type: 'text/plain', language: 'JSON' },
  '.md': { type: 'text/markdown', language: 'Markdown' },
  '.py': { type: 'application/x-python', language: 'Python' },
  '.rs': { type: 'text/plain', language: 'Rust' },
  '.sh': { type: 'application/x-sh', language: 'Shell' },
  '.ts': { type: 'text/plain', language: 'TypeScript' },
  '.txt': { type: 'text/plain', language: 'Text' },
  '.yaml': { type: 'text/x-yaml', language: 'YAML' },
  '.yml': { type: 'text/x-yaml', language: 'YAML' },
};

/** What GitHub would say of a file, judged by its name alone. */
export function fileKind(name: string): FileKind {
  return kinds[extname(name).toLowerCase()] ?? plain;
}
