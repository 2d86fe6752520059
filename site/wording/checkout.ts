/** What makes a checkout of this site's code ready to run, as commands of a shell. */
export function checkoutCommand(repositoryUrl: string | null): string {
  const address = repositoryUrl ?? '<this site’s repository>';
  return `git clone ${address} openagentsessions.org && cd openagentsessions.org && npm ci`;
}
