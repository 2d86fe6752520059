import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

export interface Shell {
  /** Runs lines in it and resolves to what they print, errors too. Rejects with that when one of them fails. */
  run(lines: string): Promise<string>;
  close(): void;
}

/** A bash in which one thing is typed after another, as in a terminal: what one sets, the next has. */
export function openShell(
  command: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Shell {
  const [program = '', ...args] = [...command, 'bash'];
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write('exec 2>&1\n');
  let printed = '';
  let heard = () => {};
  let open = true;
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk;
    heard();
  });
  child.once('close', () => {
    open = false;
    heard();
  });
  return {
    run(lines) {
      const end = `--${randomUUID()}--`;
      printed = '';
      // Read as a whole before any of it runs, so that a command that reads stdin reads none of the lines.
      child.stdin.write(`eval ${quoted(`${lines}\n`)} < /dev/null\necho ${end}\n`);
      return new Promise((resolve, reject) => {
        heard = () => {
          const at = printed.indexOf(`${end}\n`);
          if (at >= 0) resolve(printed.slice(0, at));
          else if (!open) reject(new Error(`This failed:\n${lines}\nIt printed:\n${printed}`));
        };
        heard();
      });
    },
    close: () => child.stdin.end(),
  };
}

/** One word of bash. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
