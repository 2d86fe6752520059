import type { Rule } from '../rule.ts';
import { token } from './token.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Keys of clouds, hosting, infrastructure and secret stores. */
export const cloudTokens: readonly Rule[] = [
  token(
    'aws-access-key-id',
    'AWS access key id',
    ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
    { near: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}/y },
  ),
  token('aws-bedrock', 'AWS Bedrock API key', ['ABSK'], 'ABSK[A-Za-z0-9+/]{100,270}={0,2}', {
    near: /ABSK[A-Za-z0-9+/]{90}/y,
  }),
  token('google-api-key', 'Google API key', ['AIza'], 'AIza[A-Za-z0-9_-]{35}', {
    near: /AIza[A-Za-z0-9_-]{35}/y,
  }),
  token('google-oauth-secret', 'Google OAuth client secret', ['GOCSPX-'], 'GOCSPX-[A-Za-z0-9_-]{28}'),
  token('google-oauth-token', 'Google OAuth token', ['ya29.'], 'ya29\\.[A-Za-z0-9_-]{60,300}'),
  token('google-refresh-token', 'Google OAuth refresh token', ['1//0'], '1//0[A-Za-z0-9_-]{60,120}', {
    near: /1\/\/0[A-Za-z0-9_-]{50}/y,
  }),
  token('azure-storage-key', 'Azure storage account key', ['AccountKey='], '', {
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/dgi,
  }),
  token('azure-key', 'Azure shared access key', ['SharedAccessKey='], '', {
    pattern: /SharedAccessKey=([A-Za-z0-9+/]{43}=)/dgi,
  }),
  token('azure-sas', 'Azure SAS signature', ['sig='], '', {
    pattern: /[?&;]sig=([A-Za-z0-9+/%]{43,66}(?:=|%3[dD]))/dg,
    near: /sig=[A-Za-z0-9+/%]{40}/y,
  }),
  token(
    'azure-client-secret',
    'Azure client secret',
    ['7Q~', '8Q~'],
    '[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}',
    { near: /[78]Q~[A-Za-z0-9_~.-]{31}/y },
  ),
  token('digitalocean', 'DigitalOcean token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], 'do[por]_v1_[a-f0-9]{64}'),
  token('cloudflare', 'Cloudflare token', ['cfut_', 'cfat_', 'cfk_'], 'cf(?:ut|at|k)_[A-Za-z0-9_-]{40,60}'),
  token('cloudflare-origin-ca', 'Cloudflare origin CA key', ['v1.0-'], 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}', {
    near: /v1\.0-[a-f0-9]{24}-/y,
  }),
  token('heroku', 'Heroku API key', ['HRKU-'], `HRKU-(?:${uuid}|[A-Za-z0-9_-]{58,64})`),
  token('vercel', 'Vercel token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], 'vc[piark]_[A-Za-z0-9]{20,60}'),
  token('netlify', 'Netlify token', ['nfp_', 'nfc_', 'nfo_', 'nfb_', 'nfu_'], 'nf[pcobu]_[A-Za-z0-9]{36}'),
  token(
    'fly',
    'Fly.io token',
    ['fo1_', 'FlyV1 '],
    '(?:fo1_[A-Za-z0-9_-]{43}|FlyV1 fm\\d[a-z]?_[A-Za-z0-9+/=,_-]{80,600})',
    { near: /(?:fo1_[A-Za-z0-9_-]{40}|FlyV1 fm)/y },
  ),
  token('render', 'Render API key', ['rnd_'], 'rnd_[A-Za-z0-9]{32}', { near: /rnd_[A-Za-z0-9]{32}/y }),
  token(
    'terraform-cloud',
    'Terraform Cloud token',
    ['.atlasv1.'],
    '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}',
  ),
  token('pulumi', 'Pulumi access token', ['pul-'], 'pul-[a-f0-9]{40}', { near: /pul-[a-f0-9]{40}/y }),
  token('vault', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}', {
    near: /hv[sbr]\.[A-Za-z0-9_-]{24}/y,
  }),
  token(
    'doppler',
    'Doppler token',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    'dp\\.(?:pt|ct|sa|scim|audit|st)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  ),
  token('tailscale', 'Tailscale key', ['tskey-'], 'tskey-[a-z]{2,9}-[A-Za-z0-9]{6,24}-[A-Za-z0-9]{16,64}'),
  token(
    'onepassword',
    '1Password service account token',
    ['ops_eyJ'],
    'ops_eyJ[A-Za-z0-9+/_-]{100,1280}={0,2}',
    { reach: { before: 24, after: 1400 } },
  ),
  token(
    'age',
    'age secret key',
    ['AGE-SECRET-KEY-1'],
    'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
  ),
  token('alibaba', 'Alibaba Cloud access key id', ['LTAI'], 'LTAI[A-Za-z0-9]{20}', {
    near: /LTAI[A-Za-z0-9]{20}/y,
  }),
];
