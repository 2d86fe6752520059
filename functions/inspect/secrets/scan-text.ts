import { type Hit, openSecretScan } from './scan.ts';

/** What a short text, such as a title, a topic or a tag, should not hold. */
export async function scanText(text: string): Promise<Hit[]> {
  const scan = openSecretScan();
  await scan.push(text);
  return (await scan.end()).hits;
}
