import { looksRandom } from '../entropy.ts';
import { isPlaceholder } from '../placeholders.ts';
import type { Rule } from '../rule.ts';
import { token } from './token.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Keys of services that run models. */
export const modelTokens: readonly Rule[] = [
  token(
    'openai',
    'OpenAI API key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'],
    'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,220}',
  ),
  token('openai', 'OpenAI API key', ['T3BlbkFJ'], 'sk-[A-Za-z0-9]{16,40}T3BlbkFJ[A-Za-z0-9]{16,40}', {
    reach: { before: 80, after: 80 },
  }),
  token(
    'anthropic',
    'Anthropic API key',
    ['sk-ant-'],
    'sk-ant-(?:api|admin|oat|ort|sid)\\d\\d-[A-Za-z0-9_-]{40,160}',
  ),
  token('openrouter', 'OpenRouter API key', ['sk-or-'], 'sk-or-(?:v\\d-)?[A-Za-z0-9]{32,80}'),
  token('langsmith', 'LangSmith API key', ['lsv2_'], 'lsv2_(?:pt|sk)_[a-z0-9]{32}_[a-z0-9]{8,12}'),
  token(
    'model-api-key',
    'model provider API key (sk-…)',
    ['sk-'],
    'sk-(?=[A-Za-z]{0,47}\\d)[A-Za-z0-9]{32,64}',
    { rank: 2, near: /sk-[A-Za-z0-9]{32}/y },
  ),
  token('groq', 'Groq API key', ['gsk_'], 'gsk_[A-Za-z0-9]{40,60}'),
  token('xai', 'xAI API key', ['xai-'], 'xai-[A-Za-z0-9_]{60,100}'),
  token('perplexity', 'Perplexity API key', ['pplx-'], 'pplx-[A-Za-z0-9]{40,64}'),
  token('hugging-face', 'Hugging Face token', ['hf_', 'api_org_'], '(?:hf|api_org)_[A-Za-z0-9]{34,40}', {
    near: /(?:hf|api_org)_[A-Za-z0-9]{30}/iy,
  }),
  token('replicate', 'Replicate API token', ['r8_'], 'r8_[A-Za-z0-9]{37,40}', {
    near: /r8_[A-Za-z0-9]{30}/y,
  }),
  token('fireworks', 'Fireworks API key', ['fw_'], 'fw_[A-Za-z0-9]{22,24}', { near: /fw_[A-Za-z0-9]{20}/y }),
  token('cerebras', 'Cerebras API key', ['csk-'], 'csk-[a-z0-9]{48}'),
  token('tavily', 'Tavily API key', ['tvly-'], 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{32,40}'),
  token('nvidia', 'NVIDIA API key', ['nvapi-'], 'nvapi-[A-Za-z0-9_-]{60,70}'),
  token('langfuse', 'Langfuse secret key', ['sk-lf-'], `sk-lf-${uuid}`),
  token('elevenlabs-key', 'ElevenLabs API key', ['sk_'], 'sk_[a-f0-9]{48}', { near: /sk_[a-f0-9]{48}/y }),
  token('voyage', 'Voyage AI API key', ['pa-'], 'pa-(?=[A-Za-z_-]{0,42}\\d)[A-Za-z0-9_-]{43}', {
    near: /pa-[A-Za-z0-9_-]{43}/y,
    judge: ({ value }) => (isPlaceholder(value) || !looksRandom(value) ? null : 'high'),
  }),
  token('jina', 'Jina API key', ['jina_'], 'jina_[a-f0-9]{32}[A-Za-z0-9_-]{20,30}'),
  token('firecrawl', 'Firecrawl API key', ['fc-'], 'fc-[a-f0-9]{32}', { near: /fc-[a-f0-9]{32}/y }),
  token('e2b', 'E2B API key', ['e2b_'], 'e2b_[a-f0-9]{40}'),
  token('runpod', 'RunPod API key', ['rpa_'], 'rpa_[A-Za-z0-9]{40,50}', { near: /rpa_[A-Za-z0-9]{40}/y }),
  token('together-key', 'Together AI API key', ['tgp_v1_'], 'tgp_v1_[A-Za-z0-9_-]{43}'),
  token('cursor', 'Cursor API key', ['crsr_'], 'crsr_[a-f0-9]{64}'),
  token('amp', 'Amp access token', ['sgamp_'], 'sgamp_(?:user|svc)_[A-Za-z0-9]{20,40}_[a-f0-9]{64}'),
  token('context7', 'Context7 API key', ['ctx7sk-'], `ctx7sk-${uuid}`),
  token('wandb', 'Weights & Biases API key', ['wandb_v1_'], 'wandb_v1_[A-Za-z0-9_]{60,100}'),
  token('apify', 'Apify token', ['apify_api_'], 'apify_api_[A-Za-z0-9]{32,40}'),
  token('browserbase', 'Browserbase API key', ['bb_live_'], 'bb_live_[A-Za-z0-9_-]{24,40}'),
  token('daytona', 'Daytona API key', ['dtn_'], 'dtn_[a-f0-9]{64}', { near: /dtn_[a-f0-9]{64}/y }),
];
