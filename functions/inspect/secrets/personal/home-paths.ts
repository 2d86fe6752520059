import type { Mention } from './mention.ts';

const path =
  /(?<![A-Za-z0-9._-]{2})[\\/](?:home|Users)(?:\\{1,8}|\/)(?<name>[A-Za-z0-9][A-Za-z0-9._-]{1,39})(?=[\\/"'`\s:;,)\]]|$)/y;

/** Accounts of machines and of documentation. */
const nobody =
  /^(?:user(?:s|name|1)?|runner(?:admin)?|vscode|node|ubuntu|root|debian|ec2-user|admin(?:istrator)?|circleci|jenkins|gitpod|codespace|coder|app|dev|developer|docker|container|sandbox|workspace|public|shared|default|guest|test(?:er|user)?|you(?:r)?(?:[-_.]?(?:user)?name)?|me|name|example|foo|bar|john(?:doe)?|jane|alice|bob|someone|builder|build|build|ci|git|oai|agent|claude|swe-?agent|openhands|vagrant|linuxbrew|pi|deploy|www-data|nobody|appuser|vercel-sandbox|jovyan|site|index|page|ubuntu2?)$/i;

/** The path at a place: `/home/ann/`, `/Users/ann/`, `C:\Users\ann\`. */
export function homePathAt(text: string, _bytes: Uint8Array, at: number): Mention | null {
  path.lastIndex = at;
  const match = path.exec(text);
  return match === null || nobody.test(match.groups?.name ?? '') ? null : { value: match[0], start: at };
}
