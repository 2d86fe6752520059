import { alphabets as a } from './testing-random.ts';
import { address, canary, type Format, lines, pem, uuidLike, webToken } from './testing-shapes.ts';

const { ado, assigned, bare, basic, bearer, cookie, exported, json, xapikey, yaml } = lines;

/** Made-up keys of services, headers, addresses, assignments and private keys. Cut in two where a push would be stopped. */
export const serviceFormats: Record<string, Format> = {
  'slack-bot': (r) =>
    canary('SLACK_BOT_TOKEN', `xoxb-${r.of(a.digits, 12)}-${r.of(a.digits, 13)}-${r.of(a.base62, 24)}`, bare),
  'slack-user': (r) =>
    canary(
      'SLACK_TOKEN',
      'xoxp' +
        '-' +
        r.of(a.digits, 12) +
        '-' +
        r.of(a.digits, 12) +
        '-' +
        r.of(a.digits, 12) +
        '-' +
        r.of(a.hex, 32),
      bare,
    ),
  'slack-app': (r) =>
    canary(
      'SLACK_APP_TOKEN',
      `xapp-1-A${r.of(a.upper36, 10)}-${r.of(a.digits, 13)}-${r.of(a.hex, 64)}`,
      bare,
    ),
  'slack-webhook': (r) =>
    canary(
      'SLACK_WEBHOOK_URL',
      'https://hooks.slack' +
        '.com/services/T' +
        r.of(a.upper36, 10) +
        '/B' +
        r.of(a.upper36, 10) +
        '/' +
        r.of(a.base62, 24),
      bare,
    ),
  'discord-bot': (r) =>
    canary('DISCORD_TOKEN', `M${r.of(a.base62, 25)}.${r.of(a.base62, 6)}.${r.of(a.base62, 38)}`, assigned),
  'discord-webhook': (r) =>
    canary('WEBHOOK', `https://discord.com/api/webhooks/1${r.of(a.digits, 18)}/${r.of(a.base62, 68)}`, bare),
  'telegram-bot': (r) => canary('TELEGRAM_BOT_TOKEN', `7${r.of(a.digits, 9)}:AA${r.of(a.base62, 33)}`, bare),
  stripe: (r) => canary('STRIPE_SECRET_KEY', `sk_live_${r.of(a.base62, 99)}`, bare),
  'stripe-restricted': (r) => canary('STRIPE_KEY', `rk_live_${r.of(a.base62, 24)}`, bare),
  'stripe-webhook': (r) => canary('STRIPE_WEBHOOK_SECRET', `whsec_${r.of(a.base62, 32)}`, bare),
  square: (r) => canary('SQUARE_ACCESS_TOKEN', `EAAA${r.of(a.base62, 60)}`, bare),
  twilio: (r) => canary('TWILIO_API_KEY', `SK${r.of(a.hex, 32)}`, bare),
  'twilio-auth': (r) => canary('TWILIO_AUTH_TOKEN', r.of(a.hex, 32), assigned),
  sendgrid: (r) => canary('SENDGRID_API_KEY', `SG.${r.of(a.base62, 22)}.${r.of(a.base62, 43)}`, bare),
  mailgun: (r) => canary('MAILGUN_API_KEY', `key-${r.of(a.hex, 32)}`, bare),
  mailchimp: (r) => canary('MAILCHIMP_API_KEY', `${r.of(a.hex, 32)}-us12`, bare),
  postmark: (r) => canary('POSTMARK_SERVER_TOKEN', uuidLike(r), assigned),
  linear: (r) => canary('LINEAR_API_KEY', `lin_api_${r.of(a.base62, 40)}`, bare),
  notion: (r) => canary('NOTION_TOKEN', `ntn_${r.of(a.digits, 11)}${r.of(a.base62, 35)}`, bare),
  'notion-legacy': (r) => canary('NOTION_TOKEN', `secret_${r.of(a.base62, 43)}`, bare),
  figma: (r) => canary('FIGMA_TOKEN', `figd_${r.of(a.base62, 40)}`, bare),
  atlassian: (r) =>
    canary('JIRA_API_TOKEN', `ATATT3xFfGF0${r.of(a.base62, 170)}=${r.of(a.hex, 8).toUpperCase()}`, bare),
  asana: (r) =>
    canary('ASANA_TOKEN', `2/1${r.of(a.digits, 15)}/1${r.of(a.digits, 15)}:${r.of(a.hex, 32)}`, assigned),
  shopify: (r) => canary('SHOPIFY_TOKEN', `shpat_${r.of(a.hex, 32)}`, bare),
  'grafana-service': (r) => canary('GRAFANA_TOKEN', `glsa_${r.of(a.base62, 32)}_${r.of(a.hex, 8)}`, bare),
  'grafana-cloud': (r) => canary('GRAFANA_CLOUD_TOKEN', `glc_eyJ${r.of(a.base62, 120)}`, bare),
  sentry: (r) => canary('SENTRY_AUTH_TOKEN', `sntrys_eyJ${r.of(a.base62, 140)}_${r.of(a.base62, 43)}`, bare),
  'sentry-user': (r) => canary('SENTRY_AUTH_TOKEN', `sntryu_${r.of(a.hex, 64)}`, bare),
  'new-relic': (r) => canary('NEW_RELIC_API_KEY', `NRAK-${r.of(a.upper36, 27)}`, bare),
  datadog: (r) => canary('DD_API_KEY', r.of(a.hex, 32), assigned),
  algolia: (r) => canary('ALGOLIA_ADMIN_KEY', r.of(a.hex, 32), assigned),
  okta: (r) => canary('OKTA_API_TOKEN', `00${r.of(a.url, 39)}${r.of(a.base62, 1)}`, assigned),
  ngrok: (r) => canary('NGROK_AUTHTOKEN', `2${r.of(a.base62, 26)}_${r.of(a.base62, 21)}`, assigned),
  launchdarkly: (r) => canary('LAUNCHDARKLY_SDK_KEY', `sdk-${uuidLike(r)}`, bare),
  jwt: (r) => canary('SESSION', webToken(r, 'authenticated'), bare),
  bearer: (r) => canary('authorization', r.of(a.base62, 40), bearer),
  basic: (r) =>
    canary('authorization', Buffer.from(`deploy:${r.of(a.base62, 14)}`).toString('base64'), basic),
  'x-api-key': (r) => canary('x-api-key', r.of(a.base62, 32), xapikey),
  cookie: (r) => canary('cookie', r.of(a.base62, 40), cookie),
  'address-postgres': (r) => canary('DATABASE_URL', address(r, 'postgresql'), bare),
  'address-mysql': (r) => canary('DATABASE_URL', address(r, 'mysql'), bare),
  'address-mongodb': (r) => canary('DATABASE_URL', address(r, 'mongodb+srv'), bare),
  'address-redis': (r) => canary('DATABASE_URL', address(r, 'rediss'), bare),
  'address-amqp': (r) => canary('DATABASE_URL', address(r, 'amqps'), bare),
  'address-https': (r) => canary('DATABASE_URL', address(r, 'https'), bare),
  ado: (r) => canary('ConnectionString', r.of(a.base62, 12) + r.of(a.digits, 2), ado),
  'env-password': (r) => canary('DB_PASSWORD', r.of(a.base62, 12) + r.of(a.digits, 2), assigned),
  'env-secret': (r) => canary('SESSION_SECRET', r.of(a.base62, 40), assigned),
  'env-token': (r) => canary('INTERNAL_SERVICE_TOKEN', r.of(a.base62, 32), exported),
  'yaml-api-key': (r) => canary('api_key', r.of(a.base62, 32), yaml),
  'json-client-secret': (r) => canary('clientSecret', r.of(a.base62, 36), json),
  'rsa-key': (r) => canary('SSH_KEY', pem(r, 'RSA PRIVATE KEY', 'MIIE'), bare),
  'ec-key': (r) => canary('EC_KEY', pem(r, 'EC PRIVATE KEY', 'MHcC'), bare),
  'openssh-key': (r) => canary('SSH_KEY', pem(r, 'OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEA'), bare),
  'pkcs8-key': (r) => canary('TLS_KEY', pem(r, 'PRIVATE KEY', 'MIIE'), bare),
  'pgp-key': (r) => canary('GPG_KEY', pem(r, 'PGP PRIVATE KEY BLOCK', 'lQOY'), bare),
};
