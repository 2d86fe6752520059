import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  addresses: z.object({
    serverUrl: z.string(),
    apiUrl: z.string(),
    graphqlUrl: z.string(),
    rawUrl: z.string(),
  }),
  oauthApp: z.object({ clientId: z.string(), clientSecret: z.string() }),
});

/** The stand-in that development runs, and as what it is asked. */
type DevelopmentGitHub = z.infer<typeof schema>;

const fileIn = (folder: string): string => join(folder, 'github.json');

/** Tells jobs started from other terminals which GitHub the gists of this index are at. */
export function writeGitHubFile(folder: string, { addresses, oauthApp }: DevelopmentGitHub): void {
  writeFileSync(fileIn(folder), `${JSON.stringify({ addresses, oauthApp })}\n`, { mode: 0o600 });
}

export function removeGitHubFile(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** The stand-in of the development that serves this folder; null while none does. */
export function readGitHubFile(folder: string): DevelopmentGitHub | null {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch {
    return null;
  }
}
