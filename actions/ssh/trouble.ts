import type { Login } from './login.ts';

/** What an operator should know of a login that failed, by what ssh printed. */
export function sshTrouble(stderr: string, { user, host, port, names }: Login): string {
  const server = `${host}:${port}`;
  if (/HOST IDENTIFICATION HAS CHANGED/.test(stderr)) {
    return `${server} shows another host key than ${names.knownHosts} has. Somebody may stand in between, or the server was set up anew: compare the key on the server itself, then correct the variable.`;
  }
  if (/host key is known for|Host key verification failed/.test(stderr)) {
    return `${names.knownHosts} has no key of ${server}. Add the line that ssh-keyscan prints for it, compared with the key on the server itself.`;
  }
  if (/^Load key|invalid format|error in libcrypto/m.test(stderr)) {
    return `${names.key} holds no private key that ssh can read. Set it to the whole file, without a passphrase.`;
  }
  if (/Permission denied/.test(stderr)) {
    return `${server} refuses the key in ${names.key} for the user ${user}. Check that user's authorized_keys.`;
  }
  if (/administratively prohibited/.test(stderr)) {
    return `The key in ${names.key} may not reach the database through ${server}. Check permitopen in the authorized_keys of ${user}: it must name the host and port of DATABASE_URL.`;
  }
  if (/open failed: connect failed/.test(stderr)) {
    return `${server} cannot reach the database where DATABASE_URL says it is. Check that it runs and listens there.`;
  }
  const last =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replaceAll(/\p{Cc}/gu, '') || 'no reason given';
  return `${server} cannot be reached by ssh (${last}). Check ${names.address} and that the server runs, then run this again.`;
}
