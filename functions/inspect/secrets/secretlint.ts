import { rules as preset } from '@secretlint/secretlint-rule-preset-recommend';
import { mask } from './mask.ts';
import { isPlaceholder, residue } from './placeholders.ts';
import type { Probe } from './probe.ts';

type Creator = (typeof preset)[number];
type Context = Parameters<Creator['create']>[0];
type Source = Parameters<NonNullable<ReturnType<Creator['create']>['file']>>[0];

/**
 * Rules of the preset that must not see other people's text: one obeys `secretlint-disable` comments in it, the other
 * reads files from disk (its finding, a Google service account's key, is a private key to ours).
 */
const leftOut = ['filter-comments', 'gcp'];

const kinds: Record<string, string> = {
  '1password': '1Password service account token',
  anthropic: 'Anthropic API key',
  aws: 'AWS secret access key',
  basicauth: 'password in an address',
  'database-connection-string': 'password in an address',
  databricks: 'Databricks token',
  docker: 'Docker Hub token',
  figma: 'Figma token',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  grafana: 'Grafana token',
  groq: 'Groq API key',
  'hashicorp-vault': 'HashiCorp Vault token',
  huggingface: 'Hugging Face token',
  linear: 'Linear API key',
  notion: 'Notion token',
  npm: 'npm access token',
  openai: 'OpenAI API key',
  privatekey: 'private key',
  sendgrid: 'SendGrid API key',
  shopify: 'Shopify token',
  slack: 'Slack token',
  vercel: 'Vercel token',
};

interface PresetRule {
  name: string;
  run(text: string): { start: number; end: number }[];
}

/**
 * secretlint's rules, run without its core: `lintSource` keeps performance marks of every call for as long as the
 * process lives and searches them all at the next, and it has no switch for that.
 * https://github.com/secretlint/secretlint/tree/master/packages/%40secretlint/secretlint-rule-preset-recommend
 */
const presetRules: readonly PresetRule[] = preset
  .map((creator) => ({ name: creator.meta.id.replace(/^.*secretlint-rule-/, ''), creator }))
  .filter(({ name }) => !leftOut.includes(name))
  .map(({ name, creator }) => ({ name, run: runnerOf(creator) }));

function runnerOf(creator: Creator): PresetRule['run'] {
  let ranges: { start: number; end: number }[] = [];
  const context: Context = {
    sharedOptions: {},
    createTranslator: () => () => ({ message: '', messageId: '', data: undefined }),
    report: ({ range: [start, end] }) => void ranges.push({ start, end }),
    ignore: () => undefined,
  };
  const handler = creator.create(context, {} as Parameters<Creator['create']>[1]);
  return (text) => {
    ranges = [];
    // The rules that are left read the content and the name only, and answer at once.
    void handler.file?.({ content: text, filePath: undefined, ext: '' } as unknown as Source);
    return ranges;
  };
}

function probe(names: (name: string) => boolean, rest: Omit<Probe, 'find'>): Probe {
  const chosen = presetRules.filter(({ name }) => names(name));
  return {
    ...rest,
    find: (text) =>
      chosen.flatMap(({ name, run }) =>
        run(text).flatMap(({ start, end }) => {
          const value = text.slice(start, end);
          if (standsForNothing(value)) return [];
          const kind = kinds[name] ?? name;
          return {
            detector: `secretlint-${name}`,
            kind,
            severity: 'high',
            rank: 1.5,
            start,
            end,
            masked: mask(value),
            value,
          };
        }),
      ),
  };
}

/** A placeholder, or an address whose password is one. */
function standsForNothing(value: string): boolean {
  const password = /:\/\/[^:@\s]{0,256}:([^@\s]{1,256})@/.exec(value)?.[1];
  return password === undefined
    ? isPlaceholder(value)
    : isPlaceholder(password) || residue(password).length < 4;
}

/** The preset in probes by what leads to a look: armoured private keys need a far longer reach than everything else. */
export const secretlint: readonly Probe[] = [
  probe((name) => name === 'privatekey', { anchors: ['-----BEGIN'], reach: { before: 8, after: 10_200 } }),
  probe((name) => name !== 'privatekey' && name !== 'basicauth', {
    anchors: [
      'secret_access',
      'secretaccess',
      'npm_',
      'x-oauth-basic',
      'xoxb-',
      'xoxp-',
      'xapp-',
      'xoxa-',
      'xoxo-',
      'xoxr-',
      'hooks.slack.com',
      'SG.',
      'shppa_',
      'shpca_',
      'shpat_',
      'shpss_',
      'ghp_',
      'gho_',
      'ghu_',
      'ghs_',
      'ghr_',
      'github_pat_',
      'glpat-',
      'glc_',
      'glsa_',
      'sk-proj-',
      'sk-svcacct-',
      'sk-admin-',
      'sk-ant-api0',
      'T3BlbkFJ',
      'gsk_',
      'hf_',
      'lin_api_',
      'ntn_',
      'ops_ey',
      'hvs.',
      'hvb.',
      'hvr.',
      'vcp_',
      'vci_',
      'vca_',
      'vcr_',
      'vck_',
      'dapi',
      'dckr_pat_',
      'figd_',
      'mongodb',
      'mysql',
      'postgres',
    ],
    near: /(?:mongodb|mysql|postgres)[a-z+]{0,8}:(?:\\{0,8}\/){2}[^\s/@]{1,100}:|(?!mongodb|mysql|postgres)/iy,
    reach: { before: 280, after: 1500 },
  }),
  probe((name) => name === 'basicauth', {
    anchors: ['http://', 'https://', 'ftp://', 'ftps://', 'http:\\/', 'https:\\/'],
    near: /[a-z]{3,5}:(?:\\{0,8}\/){2}[-A-Za-z0-9_]{1,256}:[-A-Za-z0-9_]{1,256}@/iy,
    reach: { before: 8, after: 900 },
  }),
];
