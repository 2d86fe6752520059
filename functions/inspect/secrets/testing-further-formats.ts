import { alphabets as a } from './testing-random.ts';
import { canary, type Format, lines, uuidLike } from './testing-shapes.ts';

const { assigned, azure, bare, exported } = lines;

/** Made-up keys of less common vendors. Cut in two where a push would be stopped. */
export const furtherFormats: Record<string, Format> = {
  'aws-bedrock': (r) => canary('AWS_BEARER_TOKEN_BEDROCK', `ABSK${r.of(a.base62, 128)}`, bare),
  'google-refresh-token': (r) => canary('REFRESH_TOKEN', `1//0${r.of(a.base62, 100)}`, bare),
  'azure-shared-key': (r) => canary('SERVICE_BUS', `SharedAccessKey=${r.of(a.base64, 43)}=`, azure),
  'cloudflare-prefixed': (r) => canary('CF_API_TOKEN', `cfut_${r.of(a.base62, 48)}`, bare),
  'cloudflare-origin-ca': (r) => canary('CF_ORIGIN_CA', `v1.0-${r.of(a.hex, 24)}-${r.of(a.hex, 146)}`, bare),
  sonarqube: (r) => canary('SONAR', `squ_${r.of(a.hex, 40)}`, bare),
  mapbox: (r) => canary('MAPBOX', `sk.eyJ${r.of(a.base62, 60)}.${r.of(a.base62, 22)}`, bare),
  braintree: (r) =>
    canary('BRAINTREE', `access_token$production$${r.of(a.base36, 16)}$${r.of(a.hex, 32)}`, bare),
  'firebase-messaging': (r) => canary('FCM', `AAAA${r.of(a.base62, 7)}:APA91b${r.of(a.base62, 134)}`, bare),
  django: (r) => canary('SETTING', `django-insecure-${r.of(a.base62, 50)}`, bare),
  snyk: (r) => canary('SNYK_TOKEN', uuidLike(r), exported),
  render: (r) => canary('RENDER_API_KEY', `rnd_${r.of(a.base62, 32)}`, bare),
  alibaba: (r) => canary('ALIBABA_ACCESS_KEY_ID', `LTAI${r.of(a.base62, 20)}`, bare),
  bitbucket: (r) =>
    canary('BITBUCKET_TOKEN', `ATBB${r.of(a.base62, 24)}${r.of(a.hex, 8).toUpperCase()}`, bare),
  'artifactory-reference': (r) => canary('JF_TOKEN', `cmVmdGtu${r.of(a.base62, 56)}`, bare),
  sourcegraph: (r) => canary('SRC_ACCESS_TOKEN', `sgp_${r.of(a.hex, 40)}`, bare),
  buildkite: (r) => canary('BUILDKITE_TOKEN', `bkua_${r.of(a.hex, 40)}`, bare),
  circleci: (r) => canary('CIRCLE_TOKEN', `CCIPAT_${r.of(a.base62, 22)}_${r.of(a.hex, 40)}`, bare),
  fireworks: (r) => canary('FIREWORKS_API_KEY', `fw_${r.of(a.base62, 24)}`, bare),
  cerebras: (r) => canary('CEREBRAS_API_KEY', `csk-${r.of(a.base36, 48)}`, bare),
  tavily: (r) => canary('TAVILY_API_KEY', `tvly-dev-${r.of(a.base62, 32)}`, bare),
  nvidia: (r) => canary('NVIDIA_API_KEY', `nvapi-${r.of(a.base62, 64)}`, bare),
  brevo: (r) => canary('BREVO_API_KEY', `xkeysib-${r.of(a.hex, 64)}-${r.of(a.base62, 16)}`, bare),
  resend: (r) => canary('RESEND_API_KEY', `re_${r.of(a.base62, 8)}_${r.of(a.base62, 24)}`, bare),
  posthog: (r) => canary('POSTHOG_KEY', `phx_${r.of(a.base62, 48)}`, bare),
  dynatrace: (r) => canary('DT_TOKEN', `dt0c01.${r.of(a.upper36, 24)}.${r.of(a.upper36, 64)}`, bare),
  typeform: (r) => canary('TYPEFORM_TOKEN', `tfp_${r.of(a.base62, 44)}`, bare),
  facebook: (r) => canary('FB_TOKEN', `EAA${r.of(a.base62, 160)}`, bare),
  pinecone: (r) => canary('PINECONE_API_KEY', `pcsk_${r.of(a.base62, 6)}_${r.of(a.base62, 63)}`, bare),
  contentful: (r) => canary('CONTENTFUL_TOKEN', `CFPAT-${r.of(a.base62, 43)}`, bare),
  elevenlabs: (r) => canary('ELEVENLABS_API_KEY', r.of(a.hex, 32), assigned),
  'sentry-legacy': (r) => canary('SENTRY_AUTH_TOKEN', r.of(a.hex, 64), assigned),
  gemini: (r) => canary('GEMINI_API_KEY', `AQ.${r.of(a.base62, 50)}`, exported),
  trello: (r) => canary('TRELLO_API_KEY', r.of(a.hex, 32), assigned),
  'heroku-exported': (r) => canary('HEROKU_API_KEY', uuidLike(r), exported),
  'curl-user': (r) => {
    const value = r.of(a.base62, 14) + r.of(a.digits, 2);
    return {
      ...canary('ADMIN_PASSWORD', value, bare),
      line: `curl -sS -u svc:${value} https://api.internal.host/v1`,
    };
  },
};
