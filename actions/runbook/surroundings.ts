import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const github = 'http://127.0.0.1:4399';
const release = '/srv/openagentsessions/current';
/** A program of the release, run on the machine. */
export const nodeThere = `${release}/node_modules/.bin/node`;
/** What the machine's own certificates are signed by. */
export const certificates = '/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt';

/** Where the site is told that GitHub is, instead of by its settings. */
export const override = 'etc/systemd/system/openagentsessions@.service.d/rehearsal.conf';

/**
 * Puts on a rented machine what is around it elsewhere: the name that leads to it, who gives certificates, and GitHub. A
 * site in production refuses a stand-in for GitHub; so the unit's ExecStart, and nothing else of it, is another here, which
 * takes one.
 */
export function surround(folder: string, domain: string): void {
  const files = {
    'etc/hosts': `127.0.0.1 localhost ${domain}\n`,
    'etc/caddy/openagentsessions/options.caddy': 'local_certs\nskip_install_trust\n',
    // There is no bucket for backups either, and nobody has the key to what this makes.
    'etc/systemd/system/openagentsessions-job@backup.service.d/rehearsal.conf': `[Service]
Environment=BACKUP_RECIPIENT=age14hafsqf77ph275t44whrw5eac97tfduzqtv6p4cplksvj8knu4rq78vkhj
StateDirectory=openagentsessions-backups
ExecStart=
ExecStart=${nodeThere} --run backup -- --place /var/lib/openagentsessions-backups
`,
    [override]: `[Service]
Environment=GITHUB_SERVER_URL=${github} GITHUB_API_URL=${github} GITHUB_GRAPHQL_URL=${github}/graphql GIST_RAW_URL=${github}
ExecStart=
ExecStart=${nodeThere} --import ./actions/node-24.mjs actions/start/testing-standin.ts %i
`,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
