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
    pattern: /[?&;]sig=([A-Za-z0-9+/%]{43,66}(?:=|%3[dD])|[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-]))/dg,
    near: /sig=[A-Za-z0-9+/%_-]{40}/y,
  }),
  token(
    'azure-client-secret',
    'Azure client secret',
    [...'0123456789'].map((digit) => `${digit}Q~`),
    '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}',
    { near: /\dQ~[A-Za-z0-9_~.-]{31}/y },
  ),
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-devops-personal-access-token
  token(
    'azure-signed',
    'Azure key',
    ['AZDO', 'JQQJ9'],
    '[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{27}|[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}',
    {
      near: /(?<=[A-Za-z0-9]{52})(?:JQQJ9|AZDO)/y,
      reach: { before: 96, after: 96 },
    },
  ),
  token('google-express-key', 'Google API key', ['AQ.Ab8'], 'AQ\\.Ab8[A-Za-z0-9_-]{40,60}'),
  token(
    'vercel-blob',
    'Vercel Blob token',
    ['vercel_blob_rw_'],
    'vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30}',
  ),
  token('deno', 'Deno Deploy token', ['ddp_', 'ddo_', 'ddw_'], 'dd[pow]_[A-Za-z0-9]{36}', {
    near: /dd[pow]_[A-Za-z0-9]{36}/y,
  }),
  token('scalingo', 'Scalingo token', ['tk-us-'], 'tk-us-[A-Za-z0-9_-]{48}'),
  token('upcloud', 'UpCloud token', ['ucat_'], 'ucat_[A-Z0-9]{26}'),
  token('openshift', 'OpenShift token', ['sha256~'], 'sha256~[A-Za-z0-9_-]{43}'),
  token('aws-mws', 'Amazon MWS token', ['amzn.mws.'], `amzn\\.mws\\.${uuid}`),
  token('yandex', 'Yandex Cloud API key', ['AQVN'], 'AQVN[A-Za-z0-9_-]{35,38}', {
    near: /AQVN[A-Za-z0-9_-]{35}/y,
  }),
  token('tencent', 'Tencent Cloud secret id', ['AKID'], 'AKID[A-Za-z0-9]{32}', {
    near: /AKID[A-Za-z0-9]{32}/y,
  }),
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
    ['fo1_', 'fm1a_', 'fm1r_', 'fm2_'],
    '(?:fo1_[A-Za-z0-9_-]{43}|(?:FlyV1 )?fm[12][ar]?_[A-Za-z0-9+/=,_-]{80,600})',
    { near: /(?:fo1_[A-Za-z0-9_-]{40}|fm[12][ar]?_)/y },
  ),
  token('render', 'Render API key', ['rnd_'], 'rnd_[A-Za-z0-9]{28,40}', { near: /rnd_[A-Za-z0-9]{28}/y }),
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
    'onepassword-secret-key',
    '1Password secret key',
    ['A3-'],
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
    { near: /A3-[A-Z0-9]{6}-[A-Z0-9]{6}/y },
  ),
  token('infisical', 'Infisical token', ['st.'], 'st\\.[a-f0-9-]{24,36}\\.[a-f0-9]{32}(?:\\.[a-f0-9]{32})?', {
    near: /st\.[a-f0-9-]{24,36}\.[a-f0-9]{32}/y,
  }),
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
