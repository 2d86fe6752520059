import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standinAccountId, standinGistId } from '#github/standin/ids.ts';
import { type Block, blocksOf } from './blocks.ts';
import { type Machine, rentMachine, startMachine, tryMachine } from './machine.ts';
import { openShell, type Shell } from './shell.ts';
import { certificates, nodeThere, override, surround } from './surroundings.ts';
import { workflowScript } from './workflow-script.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const blocks = blocksOf(read('docs/deploy-hetzner.md'));
const [domain, clientId, clientSecret] = ['sessions.test', 'rehearsal', 'of-the-rehearsal'];
const site = `https://${domain}`;
const end = '/tmp/visitors-go-home';
const gists = [
  ['example-ada', 'slugify-accents'],
  ['example-bo', readdirSync(join(root, 'functions/github/standin/examples/example-bo'))[0] ?? ''],
] as const;

/** What stands in the runbook in the place of the reader's own. */
const values = `repository=x/y domain=${domain} server=root@127.0.0.1 database_host=127.0.0.1
client_id=${clientId} client_secret=${clientSecret} moderators=${standinAccountId('moderator')} dataset_address=`;

const { RUNBOOK_MACHINE, TYPE_RUNBOOK } = process.env;
const bare = RUNBOOK_MACHINE ?? mkdtempSync(join(tmpdir(), 'openagentsessions-bare-'));
const forgetBare = () => RUNBOOK_MACHINE ?? rmSync(bare, { recursive: true, force: true });
/** It takes minutes, and a machine of its own: .ci/runbook asks for it. */
const isWanted = TYPE_RUNBOOK !== undefined;
if (isWanted) await tryMachine(bare);
else forgetBare();

/** The runbook as somebody types it, in the order of its sections; what the world does meanwhile is done in between. */
describe.skipIf(!isWanted)('docs/deploy-hetzner.md, typed on a bare Debian', () => {
  // What is left out is looked at, too.
  const work = isWanted ? mkdtempSync(join(tmpdir(), 'openagentsessions-runbook-')) : '';
  const folder = join(work, 'machine');
  const transcript: string[] = [];
  let machine: Machine;
  let shell: Shell;
  let github: ChildProcess | undefined;

  beforeAll(async () => {
    for (const part of ['github/secrets', 'github/vars', 'machine'])
      mkdirSync(join(work, part), { recursive: true });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(work, 'root_key')]);
    writeFileSync(
      join(work, 'ssh_config'),
      `IdentityFile ${work}/root_key\nIdentitiesOnly yes\nUserKnownHostsFile ${work}/known_hosts\n` +
        'StrictHostKeyChecking accept-new\nBatchMode yes\nLogLevel ERROR\n',
    );
    const steps = (workflow: string) => workflowScript(read(`.github/workflows/${workflow}.yml`), workflow);
    writeFileSync(join(work, 'github/deploy.yml.sh'), steps('deploy'));
    // It calls the other at its end. Rechecks and releases need a GitHub that is reached over https.
    writeFileSync(join(work, 'github/snapshot.yml.sh'), steps('snapshot') + steps('deploy'));
    const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).split('\0');
    for (const path of files.filter((path) => path && existsSync(join(root, path))))
      cpSync(join(root, path), join(work, 'openagentsessions', path));
    await timed('A bare Debian 12 is rented', async () => {
      const key = readFileSync(join(work, 'root_key.pub'), 'utf8');
      await rentMachine(folder, bare, key);
      surround(folder, domain);
    });
    await boot();
  }, 600_000);
  afterAll(async () => {
    const file = process.env.RUNBOOK_TRANSCRIPT;
    if (file !== undefined) writeFileSync(file, `${transcript.join('\n')}\n`);
    shell?.close();
    github?.kill();
    await machine?.stop();
    forgetBare();
    rmSync(work, { recursive: true, force: true });
  }, 120_000);

  test('sections 1 to 7: from nothing to a site that answers', async () => {
    for (const block of section(1, 7)) await type(block);
    expect(await onServer(`systemd-analyze security --no-pager openagentsessions@4321`)).toMatch(
      /Overall exposure level for openagentsessions@4321\.service: [01]\.\d OK/,
    );
  }, 600_000);

  test('people use it', async () => {
    const program = [join(root, 'node_modules/.bin/node'), join(root, 'actions/runbook/testing-github.ts')];
    const [nsenter = '', ...args] = [...machine.inNetwork, ...program, '4399', clientId, clientSecret];
    github = spawn(nsenter, args, { stdio: 'inherit' });
    await onServer('until curl -s -o /dev/null http://127.0.0.1:4399/; do sleep 0.2; done');
    for (const [login, name] of gists)
      await there('testing-people.ts', site, login, standinGistId(login, name));
  }, 120_000);

  test('another release, a restart and the way back, while visitors come and go: none is turned away', async () => {
    const [first, browse] = [current(), readdirSync(join(folder, current(), 'dist/client/browse'))[0]];
    const visitors = there('testing-visitors.ts', site, end);
    visitors.catch(() => undefined);
    await type({
      place: 'yours',
      notes: [],
      title: 'The next day: snapshot.yml by its schedule',
      text: 'gh workflow run snapshot.yml\n',
    });
    const second = current();
    expect(second).not.toBe(first);
    expect(await yours(`curl -sSf ${site}/urls.txt`)).toContain(standinGistId(...gists[0]));
    // For a page that was open all the time.
    expect(await yours(`curl -sSf ${site}/browse/${browse}/summary.json`)).toContain('{');
    expect(readdirSync(join(folder, second, 'dist/client/browse'))).not.toContain(browse);
    for (const block of section(8, 8)) await type(block);
    expect(current()).toBe(first);
    const broken = '29990101T000000Z-broken';
    const asked = `SSH_ORIGINAL_COMMAND='${broken} ${'0'.repeat(64)}' runuser -u deploy --`;
    expect(
      await onServer(
        `cd /srv/openagentsessions && cp -al ${first} releases/${broken} && rm -r releases/${broken}/actions/start`,
        `! ${asked} openagentsessions-receive $PWD sudo /usr/local/bin/openagentsessions-restart < /dev/null`,
      ),
    ).toContain(
      `receive: The site does not come up with this release. The earlier one, ${first.split('/').at(-1)}, is back.`,
    );
    await onServer(`rm -r /srv/openagentsessions/releases/${broken}`, `touch ${end}`);
    expect(await visitors).not.toContain('failed');
  }, 600_000);

  test('section 9: nothing has failed', async () => {
    for (const block of section(9, 9)) await type(block);
    expect(
      await onServer(
        'systemctl list-units --failed --no-legend --plain "openagentsessions*" "caddy*" "postgresql*"',
      ),
    ).toBe('');
  }, 60_000);

  test('what a release runs cannot tell Caddy what to do', async () => {
    const asked = [
      'http://127.0.0.1:2019/config/',
      '--unix-socket /var/lib/caddy/admin.sock http://caddy/config/',
    ];
    for (const ask of asked) {
      expect(
        await onServer(`runuser -u openagentsessions -- curl -sS ${ask} 2>&1 || echo "curl says $?"`),
      ).toMatch(/curl says 7\b/);
    }
  }, 60_000);

  test('a certificate that has expired is refused, and the site comes back with a good one', async () => {
    const own = '/etc/caddy/openagentsessions';
    await onServer(
      `cd ${own} && cp release.caddy release.before`,
      'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -keyout key.pem -out new.pem ' +
        `-subj /CN=${domain} -addext subjectAltName=DNS:${domain} 2> /dev/null`,
      'openssl x509 -in new.pem -signkey key.pem -days -1 -out cert.pem 2> /dev/null',
      `chmod 644 key.pem && echo 'tls ${own}/cert.pem ${own}/key.pem' >> release.caddy && systemctl restart caddy`,
    );
    expect(
      await yours(`curl -sS --cacert "$WORK/machine${own}/cert.pem" ${site}/ || echo "curl says $?"`),
    ).toMatch(/certificate has expired[\s\S]*curl says 60/);
    await onServer(`mv ${own}/release.before ${own}/release.caddy && systemctl restart caddy`);
    expect(await yours(`curl -sSf -o /dev/null -w '%{http_code}' ${site}/`)).toBe('200');
  }, 60_000);

  test('the power fails; everything starts by itself, now the real start, whose headers Caddy has for every file', async () => {
    // A site in production wants moderators of the real GitHub.
    await yours('sed -i "s/^MODERATOR_GITHUB_IDS=.*/MODERATOR_GITHUB_IDS=1234567/" "$keys/production.env"');
    rmSync(join(folder, override));
    for (const block of section(3, 3).slice(0, 1)) await type(block);
    shell.close();
    await machine.stop();
    await boot();
    await onServer('openagentsessions-wait 4321', 'openagentsessions-wait 4322');
    expect(await onServer('systemctl show --property ExecStart openagentsessions@4321')).toContain(
      'actions/start/index.ts',
    );
    expect(await yours(`domain=${domain}; curl -sSf ${site}/api/health`)).toContain('"ok":true');
    expect(await there('testing-headers.ts', site, '4321', `${current()}/dist/client`)).toContain(
      ': 0 answers differ',
    );
  }, 120_000);

  async function boot(): Promise<void> {
    machine = await timed('It boots', () => startMachine(folder, join(work, 'boot.log')));
    const { PATH = '', HOME = '' } = process.env;
    const outside = `nsenter --net=/proc/${process.pid}/ns/net`;
    const env = { PATH, HOME, ROOT: root, WORK: work, GITHUB: join(work, 'github'), OUTSIDE: outside };
    shell = openShell(machine.inNetwork, { cwd: work, env });
    await shell.run('. "$ROOT/actions/runbook/own-computer.sh"; server=root@127.0.0.1');
  }

  async function type({ place, notes, title, text }: Block): Promise<void> {
    const prompt = place === 'server' ? '#' : '$';
    transcript.push(
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => `${prompt} ${line}`),
    );
    await timed(title, async () => {
      const printed = await (place === 'server' ? onServer(text) : yours(asMeant(text, notes)));
      if (printed !== '') transcript.push(printed.trimEnd());
    });
  }

  function asMeant(text: string, notes: readonly string[]): string {
    if (notes.includes('values')) return values;
    if (notes.includes('checkout')) return 'cd "$WORK/openagentsessions"';
    return notes.includes('fails') ? `! ${text}` : text;
  }

  const section = (from: number, to: number) =>
    blocks.filter(({ title }) => Number.parseInt(title, 10) >= from && Number.parseInt(title, 10) <= to);
  const yours = (text: string) => shell.run(text);
  const onServer = (...lines: string[]) =>
    shell.run(`ssh "$server" bash -e -o pipefail -s <<'END'\n${lines.join('\n')}\nEND`);
  const current = () =>
    `/srv/openagentsessions/${readlinkSync(join(folder, 'srv/openagentsessions/current'))}`;

  /** Runs a program of this folder on the machine, beside whatever is typed. */
  async function there(program: string, ...args: string[]): Promise<string> {
    const [nsenter = '', ...inNetwork] = machine.inNetwork;
    const ssh = ['ssh', '-F', join(work, 'ssh_config'), 'root@127.0.0.1'];
    const command = [
      `NODE_EXTRA_CA_CERTS=${certificates}`,
      nodeThere,
      `${current()}/actions/runbook/${program}`,
      ...args,
    ];
    const printed = promisify(execFile)(nsenter, [...inNetwork, ...ssh, ...command]);
    const { stdout } = await printed.catch(({ stdout, stderr }) => {
      throw new Error(`${program} failed:\n${stdout}${stderr}`);
    });
    transcript.push(`== ${program.replace(/^testing-|\.ts$/g, '')}`, stdout.trimEnd());
    return stdout;
  }

  async function timed<T>(title: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    const outcome = await work().then(
      (done) => ({ done }),
      (error: unknown) => ({ error }),
    );
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    transcript.push(`== ${title}: ${'done' in outcome ? 'done' : 'failed'} in ${seconds} s`, '');
    if ('error' in outcome) throw outcome.error;
    return outcome.done;
  }
});
