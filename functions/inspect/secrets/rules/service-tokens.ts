import type { Rule } from '../rule.ts';
import { token } from './token.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Keys of chat, mail, work and monitoring services. */
export const serviceTokens: readonly Rule[] = [
  token(
    'slack',
    'Slack token',
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xoxe', 'xapp-'],
    '(?:xox[bpaorscd]-[A-Za-z0-9%+/-]{20,250}|xoxe(?:\\.xox[bp])?-\\d-[A-Za-z0-9]{40,250}|xapp-\\d-[A-Z0-9]{8,14}-\\d{8,16}-[a-f0-9]{40,80})',
  ),
  token(
    'slack-webhook',
    'Slack webhook',
    ['hooks.slack.com'],
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,14}/[A-Z0-9]{8,20}/[A-Za-z0-9]{16,48}',
  ),
  token('discord-webhook', 'Discord webhook', ['/api/webhooks/'], '', {
    pattern: /(discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,80})/dg,
    reach: { before: 40, after: 160 },
  }),
  // The first part is the bot's numeric id in base64, so it begins with M, N or O.
  token(
    'discord-bot',
    'Discord bot token',
    ['discord', 'bot_token', 'bottoken', 'bot-token', 'authorization: bot ', 'login('],
    '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,38}',
    { reach: { before: 200, after: 300 } },
  ),
  token('telegram-bot', 'Telegram bot token', [':AA'], '\\d{8,10}:AA[A-Za-z0-9_-]{33}', {
    near: /(?<=\d{8}):AA[A-Za-z0-9_-]{33}/y,
    pattern: /(?<![A-Za-z0-9])((?:bot)?\d{8,10}:AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9])/dg,
  }),
  token(
    'twilio',
    'Twilio API key',
    [...'0123456789abcdef'].map((digit) => `SK${digit}`),
    'SK[a-f0-9]{32}',
    { near: /SK[a-f0-9]{32}/y },
  ),
  token('sendgrid', 'SendGrid API key', ['SG.'], 'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}', {
    near: /SG\.[A-Za-z0-9_-]{16,32}\./y,
  }),
  token('mailgun', 'Mailgun API key', ['key-'], 'key-[a-f0-9]{32}', { near: /key-[a-f0-9]{32}/y }),
  token('mailchimp', 'Mailchimp API key', ['-us'], '[a-f0-9]{32}-us\\d{1,2}', {
    near: /(?<=[a-f0-9]{32})-us\d/y,
    reach: { before: 48, after: 16 },
  }),
  token(
    'brevo',
    'Brevo API key',
    ['xkeysib-', 'xsmtpsib-'],
    'x(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}',
  ),
  token('resend', 'Resend API key', ['re_'], 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}', {
    near: /re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20}/y,
  }),
  token('linear', 'Linear API key', ['lin_api_', 'lin_oauth_'], 'lin_(?:api|oauth)_[A-Za-z0-9]{32,64}'),
  token('notion', 'Notion token', ['ntn_'], 'ntn_[A-Za-z0-9]{40,50}', { near: /ntn_[A-Za-z0-9]{40}/y }),
  token('sonarqube', 'SonarQube token', ['squ_', 'sqp_', 'sqa_'], 'sq[upa]_[a-f0-9]{40}', {
    near: /sq[upa]_[a-f0-9]{40}/iy,
  }),
  token('mapbox', 'Mapbox secret token', ['sk.eyJ'], 'sk\\.eyJ[A-Za-z0-9_-]{20,200}\\.[A-Za-z0-9_-]{20,30}'),
  token(
    'firebase-messaging',
    'Firebase messaging server key',
    [':APA91b'],
    'AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{100,200}',
  ),
  token('django', 'Django secret key', ['django-insecure-'], 'django-insecure-[^\\s"\'\\\\]{40,60}', {
    pattern: /(django-insecure-[^\s"'\\]{40,60})/dg,
  }),
  token('notion-legacy', 'Notion token', ['secret_'], 'secret_[A-Za-z0-9]{43}', {
    near: /secret_[A-Za-z0-9]{43}/y,
  }),
  token('figma', 'Figma token', ['figd_'], 'figd_[A-Za-z0-9_-]{38,200}'),
  token('atlassian', 'Atlassian API token', ['ATATT3', 'ATCTT3'], 'AT[AC]TT3[A-Za-z0-9_=-]{60,220}'),
  token('asana', 'Asana token', ['asana'], '[12]/\\d{14,17}(?:/\\d{14,17})?:[a-f0-9]{32}', {
    reach: { before: 200, after: 300 },
  }),
  token(
    'grafana',
    'Grafana token',
    ['glsa_', 'glc_'],
    '(?:glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2})',
  ),
  token(
    'sentry',
    'Sentry token',
    ['sntrys_', 'sntryu_', 'sntrya_'],
    '(?:sntrys_[A-Za-z0-9+/=_-]{60,500}|sntry[ua]_[a-f0-9]{64})',
  ),
  token(
    'new-relic',
    'New Relic key',
    ['NRAK-', 'NRII-', 'NRJS-', 'NRAL'],
    '(?:NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32}|[a-f0-9]{36}NRAL)',
    { near: /NRAK-|NRII-|NRAL/y, reach: { before: 60, after: 60 } },
  ),
  token('posthog', 'PostHog personal API key', ['phx_'], 'phx_[A-Za-z0-9]{40,60}'),
  token('launchdarkly', 'LaunchDarkly key', ['sdk-', 'api-'], `(?:sdk|api)-${uuid}`, {
    near: /(?:sdk|api)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/y,
  }),
  token('dynatrace', 'Dynatrace token', ['dt0c01.'], 'dt0c01\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'),
  token('typeform', 'Typeform token', ['tfp_'], 'tfp_[A-Za-z0-9_-]{40,60}', {
    near: /tfp_[A-Za-z0-9_-]{40}/y,
  }),
  token(
    'facebook',
    'Facebook access token',
    ['EAA'],
    '(?<![/+])EAA(?![A-Za-z0-9]{0,297}AAA)[A-Za-z0-9]{80,300}(?![/+=])',
    { near: /EAA[A-Za-z0-9]{80}/y, rank: 2 },
  ),
  token('hubspot', 'HubSpot private app token', ['pat-'], `pat-(?:na|eu|ap)\\d-${uuid}`, {
    near: /pat-[a-z]{2}\d-[0-9a-f]{8}-/iy,
  }),
  token('onesignal', 'OneSignal API key', ['os_v2_'], 'os_v2_(?:app|org)_[a-z0-9]{80,110}'),
  token(
    'zapier-webhook',
    'Zapier webhook',
    ['hooks.zapier.com'],
    'hooks\\.zapier\\.com/hooks/catch/\\d{5,9}/[a-z0-9]{6,9}',
  ),
  token(
    'teams-webhook',
    'Microsoft Teams webhook',
    ['.webhook.office.com', 'outlook.office'],
    `(?:webhook\\.office\\.com/webhookb2|outlook\\.office(?:365)?\\.com/webhook)/${uuid}@${uuid}/IncomingWebhook/[a-z0-9]{32}/${uuid}`,
  ),
  // Its zeros in base64 would pass for a placeholder; in an image no percent sign comes after them.
  token(
    'twitter',
    'X bearer token',
    ['AAAAAAAAAAAAAAAAAAAA'],
    'A{20,22}(?=[A-Za-z0-9]{10,80}%)[A-Za-z0-9%]{60,110}',
    {
      near: /(?<![A-Za-z0-9+/]{2})A{20,22}(?!A)[A-Za-z0-9]{10,80}%/y,
      judge: ({ value }) => (/\d/.test(value) ? 'high' : null),
    },
  ),
  token(
    'ifttt',
    'IFTTT webhook',
    ['maker.ifttt.com'],
    'maker\\.ifttt\\.com/trigger/[\\w-]{1,80}(?:/json)?/with/key/[A-Za-z0-9_-]{20,60}',
  ),
  token('one-time-passwords', 'secret of one-time passwords', ['otpauth://'], '', {
    pattern: /otpauth:\/\/[^\s"'<>]{1,200}[?&]secret=([A-Z2-7]{16,128})/dgi,
  }),
  token('grafana-legacy', 'Grafana API key', ['eyJrIjoi'], 'eyJrIjoi[A-Za-z0-9]{70,400}={0,3}'),
  token('trigger-dev', 'Trigger.dev key', ['tr_prod_', 'tr_dev_'], 'tr_(?:prod|dev)_[A-Za-z0-9]{20,40}'),
  token('inngest', 'Inngest signing key', ['signkey-'], 'signkey-[a-z]{3,12}-[a-f0-9]{32,64}'),
  token('nylas', 'Nylas API key', ['nyk_v0_'], 'nyk_v0_[A-Za-z0-9]{60,80}'),
  token('infracost', 'Infracost API key', ['ico-'], 'ico-[A-Za-z0-9]{32}', { near: /ico-[A-Za-z0-9]{32}/y }),
  token('adafruit', 'Adafruit IO key', ['aio_'], 'aio_[A-Za-z0-9]{28}', { near: /aio_[A-Za-z0-9]{28}/y }),
  token('adobe', 'Adobe client secret', ['p8e-'], 'p8e-[A-Za-z0-9_-]{32}', {
    near: /p8e-[A-Za-z0-9_-]{32}/y,
  }),
  token('clickup', 'ClickUp token', ['pk_'], 'pk_\\d{6,10}_[A-Z0-9]{32}', {
    near: /pk_\d{6,10}_[A-Z0-9]{32}/y,
  }),
  token(
    'linkedin',
    'LinkedIn client secret',
    ['WPL_AP'],
    'WPL_AP\\d\\.[A-Za-z0-9]{16}\\.[A-Za-z0-9+/=]{6,10}',
  ),
  token('maxmind', 'MaxMind license key', ['_mmk'], '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', {
    near: /(?<=[A-Za-z0-9]{29})_mmk/y,
    reach: { before: 48, after: 8 },
  }),
  token('intra-42', '42 client secret', ['s-s4t2'], 's-s4t2(?:ud|af)-[a-f0-9]{64}'),
  token('settlemint', 'SettleMint token', ['sm_aat_', 'sm_pat_', 'sm_sat_'], 'sm_[aps]at_[A-Za-z0-9]{16,64}'),
];
