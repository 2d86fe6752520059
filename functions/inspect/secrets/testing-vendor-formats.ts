import { alphabets as a, type Random } from './testing-random.ts';
import { canary, type Format, lines, uuidLike } from './testing-shapes.ts';

const { assigned, bare } = lines;

const shaped: Record<string, (r: Random) => string> = {
  'amazon-mws': (r) => `amzn.mws.${uuidLike(r)}`,
  'azure-signed': (r) => `${r.of(a.base62, 76)}AZDO${r.of(a.base62, 4)}`,
  'azure-client-secret': (r) => `${r.of(a.base62, 3)}5Q~${r.of(a.base62, 34)}`,
  'google-express': (r) => `AQ.Ab8${r.of(a.base62, 48)}`,
  yandex: (r) => `AQVN${r.of(a.base62, 36)}`,
  tencent: (r) => `AKID${r.of(a.base62, 32)}`,
  'vercel-blob': (r) => `vercel_blob_rw_${r.of(a.base62, 16)}_${r.of(a.base62, 30)}`,
  'deno-deploy': (r) => `ddp_${r.of(a.base62, 36)}`,
  openshift: (r) => `sha256~${r.of(a.base62, 43)}`,
  infisical: (r) => `st.${uuidLike(r)}.${r.of(a.hex, 32)}.${r.of(a.hex, 32)}`,
  'onepassword-secret-key': (r) =>
    `A3-${[6, 11, 5, 5, 5].map((length) => r.of(a.upper36, length)).join('-')}`,
  'gitlab-runner': (r) => `GR1348941${r.of(a.base62, 20)}`,
  nuget: (r) => `oy2${r.of(a.base36, 43)}`,
  clojars: (r) => `CLOJARS_${r.of(a.base36, 60)}`,
  prefect: (r) => `pnu_${r.of(a.base36, 36)}`,
  octopus: (r) => `API-${r.of(a.upper36, 26)}`,
  harness: (r) => `pat.${r.of(a.base62, 22)}.${r.of(a.hex, 24)}.${r.of(a.base62, 20)}`,
  readme: (r) => `rdme_${r.of(a.base36, 70)}`,
  'frame-io': (r) => `fio-u-${r.of(a.base62, 64)}`,
  langfuse: (r) => `sk-lf-${uuidLike(r)}`,
  'elevenlabs-key': (r) => `sk_${r.of(a.hex, 48)}`,
  jina: (r) => `jina_${r.of(a.hex, 32)}${r.of(a.base62, 28)}`,
  firecrawl: (r) => `fc-${r.of(a.hex, 32)}`,
  e2b: (r) => `e2b_${r.of(a.hex, 40)}`,
  runpod: (r) => `rpa_${r.of(a.base62, 46)}`,
  'together-key': (r) => `tgp_v1_${r.of(a.base62, 43)}`,
  cursor: (r) => `crsr_${r.of(a.hex, 64)}`,
  context7: (r) => `ctx7sk-${uuidLike(r)}`,
  apify: (r) => `apify_api_${r.of(a.base62, 36)}`,
  daytona: (r) => `dtn_${r.of(a.hex, 64)}`,
  'stripe-test': (r) => `sk_test_51${r.of(a.base62, 97)}`,
  razorpay: (r) => `rzp_live_${r.of(a.base62, 14)}`,
  flutterwave: (r) => `FLWSECK-${r.of(a.hex, 32)}-X`,
  plaid: (r) => `access-production-${uuidLike(r)}`,
  easypost: (r) => `EZAK${r.of(a.base62, 54)}`,
  polar: (r) => `polar_oat_${r.of(a.base62, 43)}`,
  duffel: (r) => `duffel_live_${r.of(a.base62, 43)}`,
  shippo: (r) => `shippo_live_${r.of(a.hex, 40)}`,
  hubspot: (r) => `pat-na1-${uuidLike(r)}`,
  onesignal: (r) => `os_v2_app_${r.of(a.base36, 103)}`,
  zapier: (r) => `https://hooks.zapier.com/hooks/catch/${r.of(a.digits, 7)}/${r.of(a.base36, 7)}/`,
  'teams-webhook': (r) =>
    `https://acme.webhook.office.com/webhookb2/${uuidLike(r)}@${uuidLike(r)}/IncomingWebhook/${r.of(a.hex, 32)}/${uuidLike(r)}`,
  'azure-logic-app': (r) =>
    `https://prod-1.eastus.logic.azure.com/workflows/${r.of(a.hex, 32)}/triggers/manual/paths/invoke?sv=1.0&sig=${r.of(a.base62, 43)}`,
  twitter: (r) => `${'A'.repeat(21)}M${r.of(a.base62, 59)}%3D${r.of(a.base62, 40)}`,
  'one-time-passwords': (r) => `otpauth://totp/acme:ann?secret=${r.of(a.base32, 32)}&issuer=acme`,
  clickup: (r) => `pk_${r.of(a.digits, 8)}_${r.of(a.upper36, 32)}`,
  maxmind: (r) => `${r.of(a.base62, 6)}_${r.of(a.base62, 29)}_mmk`,
  jsr: (r) => `jsrp_${r.of(a.base62, 40)}`,
  nostr: (r) => `nsec1${r.of('qpzry9x8gf2tvdw0s3jn54khce6mua7l', 58)}`,
  'oracle-address': (r) => `jdbc:oracle:thin:svc/${r.of(a.base62, 12)}77@db7.corp.net:1521/main`,
};

const named: Record<string, [string, (r: Random) => string]> = {
  'mailgun-dashed': ['MAILGUN_API_KEY', (r) => [32, 8, 8].map((length) => r.of(a.hex, length)).join('-')],
  zhipu: ['ZHIPUAI_API_KEY', (r) => `${r.of(a.hex, 32)}.${r.of(a.base62, 16)}`],
  'azure-storage-key': ['AZURE_STORAGE_KEY', (r) => `${r.of(a.base64, 86)}==`],
  'uuid-token': ['CODECOV_TOKEN', uuidLike],
  'vault-legacy': ['VAULT_TOKEN', (r) => `s.${r.of(a.base62, 24)}`],
  'wireguard-shared': ['PresharedKey', (r) => `${r.of(a.base64, 43)}=`],
  'ethereum-key': ['DEPLOYER_PRIVATE_KEY', (r) => `0x${r.of(a.hex, 64)}`],
  'wifi-psk': ['WIFI_PSK', (r) => `${r.of(a.base62, 10)}4t8`],
  'mail-pass': ['SMTP_PASS', (r) => `${r.of(a.base62, 10)}4t8`],
  'access-token-pat': ['GITEA_PAT', (r) => r.of(a.hex, 40)],
  'redis-password': ['REDIS_PASSWORD', (r) => `${r.of(a.base62, 8)}%7x!`],
};

/** Made-up keys of still more vendors: those a shape tells, and those only a name does. */
export const vendorFormats: Record<string, Format> = Object.fromEntries([
  ...Object.entries(shaped).map(([format, make]): [string, Format] => [
    format,
    (r) => canary('SETTING', make(r), bare),
  ]),
  ...Object.entries(named).map(([format, [name, make]]): [string, Format] => [
    format,
    (r) => canary(name, make(r), assigned),
  ]),
]);
