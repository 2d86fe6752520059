import { entropy } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';
import { valueField } from './names.ts';

/** A value of no telling shape right behind a name that has the vendor and the word key, token, secret or password. */
function context(detector: string, kind: string, vendor: string, body: string): Rule {
  const gap = `(?:(?:["'\`\\\\\\s:=>,()|]|&quot;|value){1,24}|${valueField}["'\\\\]{0,8})`;
  const name = `${vendor}[A-Za-z0-9_. -]{0,30}(?:key|token|secret|password|pat|credential)[A-Za-z0-9_]{0,12}`;
  return {
    detector,
    kind,
    anchors: [vendor],
    near: new RegExp(`${name}${gap}[A-Za-z0-9]`, 'iy'),
    pattern: new RegExp(`${name}${gap}(${body})(?![A-Za-z0-9_-])`, 'dgi'),
    reach: { before: 24, after: 560 },
    rank: 2,
    judge: ({ value }) => (isPlaceholder(value) || !/\d/.test(value) || entropy(value) < 2.8 ? null : 'high'),
  };
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Keys that only the name beside them tells apart from any other digits and letters. */
export const vendorContexts: readonly Rule[] = [
  context('mistral', 'Mistral API key', 'mistral', '[A-Za-z0-9]{32}'),
  context('cohere', 'Cohere API key', 'cohere', '[A-Za-z0-9]{40}'),
  context('together', 'Together AI API key', 'together', '[a-f0-9]{64}'),
  context('elevenlabs', 'ElevenLabs API key', 'eleven', '(?:sk_)?[a-f0-9]{32,48}'),
  context('snyk', 'Snyk token', 'snyk', uuid),
  context('heroku', 'Heroku API key', 'heroku', uuid),
  context('postmark', 'Postmark server token', 'postmark', uuid),
  context('snowflake', 'Snowflake credential', 'snowflake', '[A-Za-z0-9!#%&*+/=_.-]{8,120}'),
  context('datadog', 'Datadog key', 'datadog', '[a-f0-9]{32}(?:[a-f0-9]{8})?'),
  context('datadog', 'Datadog key', 'dd_', '[a-f0-9]{32}(?:[a-f0-9]{8})?'),
  context('algolia', 'Algolia API key', 'algolia', '[a-f0-9]{32}'),
  context('cloudflare-context', 'Cloudflare key', 'cloudflare', '[A-Za-z0-9_-]{37,40}'),
  context('okta', 'Okta API token', 'okta', '00[A-Za-z0-9_-]{40}'),
  context('ngrok', 'ngrok token', 'ngrok', '[A-Za-z0-9]{25,30}_[A-Za-z0-9]{18,24}'),
  context(
    'azure-context',
    'Azure key',
    'azure',
    '(?:[a-f0-9]{32}|[A-Za-z0-9]{52}|[A-Za-z0-9]{84}|[A-Za-z0-9+/]{86}==)',
  ),
  context('twilio-auth', 'Twilio auth token', 'twilio', '[a-f0-9]{32}'),
  context('vercel-context', 'Vercel token', 'vercel', '[A-Za-z0-9]{24}'),
  context('asana', 'Asana token', 'asana', '[12]/\\d{14,17}(?:/\\d{14,17})?:[a-f0-9]{32}'),
  context('sentry-context', 'Sentry token', 'sentry', '[a-f0-9]{64}'),
  context('gemini', 'Gemini API key', 'gemini', 'AQ\\.[A-Za-z0-9_-]{40,60}'),
  context('aws-secret-access-key', 'AWS secret access key', 'aws', '[A-Za-z0-9/+]{40}'),
  context('trello', 'Trello key', 'trello', '[a-f0-9]{32}(?:[a-f0-9]{32})?'),
  context('mailgun-context', 'Mailgun API key', 'mailgun', '[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}'),
  context('zhipu', 'Zhipu AI API key', 'zhipu', '[a-f0-9]{32}\\.[A-Za-z0-9]{16}'),
];
