import { entropy } from './entropy.ts';

/** Words that stand in documentation and tests where a value would be. */
const standIns =
  /example|placeholder|redacted|removed|masked|changeme|change[-_]me|replace|insert|dummy|sample|xxxx|\*\*\*|\.\.\.|…|your[-_ ]|<[^>]{0,80}>|\[[A-Z _-]{3,40}\]/i;
/** Short words count only as a part of their own: inside a random value they turn up by chance. */
const shortStandIns = /(?:^|[-_.])(?:fake|test|testing|mock|your|todo|none|null|undefined|demo)(?=$|[-_.])/i;
const references =
  /^(?:\$|vault:|op:\/\/|&(?:lt|#60|#x3[cC]);|%[A-Za-z_]+%|\{|@|#\{|process\.env|import\.meta|os\.|env[.[(]|System\.|ENV\[|secrets\.|vars\.|var\.|data\.|config\.|self\.|this\.|await |new )|\$\{|\{\{|\$\(/;
const sequences =
  /012345|123456|234567|987654|abcdef(?!\d[a-f])|ABCDEF(?!\d)|fedcba|qwerty|asdfgh|deadbeef|aaaaa|(.)\1{5}/;

/** Accounts of test networks, the same for everybody: https://hardhat.org/hardhat-network/docs/reference#accounts */
const testAccounts =
  /^(?:0x)?(?:ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80|59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d|5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a|7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6|47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a|4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d)$/;

/** Values that specifications and vendors print: RFC 6749, RFC 6750, RFC 7617, Stripe. */
const published =
  /^(?:2YotnFZFEjr1zCsicMWpAA|tGzv3JOkF0XG5Qx2TlKWIA|czZCaGRSa3F0MzpnWDFmQmF0M2JW|mF_9\.B5f-4\.1JqM|QWxhZGRpbjpvcGVuIHNlc2FtZQ==|sk_(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2|26PHem9AhJZvU623DfE1x4sd|tR3PYbcVNZZ796tH88S4VQ2u))$/;

/** Whether a value only stands for a secret: `<your-token>`, `xxxx…`, `${TOKEN}`, AWS's documented example. */
export function isPlaceholder(value: string): boolean {
  return (
    /^(?:none|null|nil|undefined|true|false|string|number|boolean)[,;)]{0,3}$/i.test(value) ||
    published.test(value) ||
    testAccounts.test(value) ||
    references.test(value) ||
    standIns.test(value) ||
    shortStandIns.test(value) ||
    sequences.test(value) ||
    isMonotonous(value)
  );
}

/** Few different characters for its length: `0000-1111`, `abababab`. */
function isMonotonous(value: string): boolean {
  return value.length >= 16 ? entropy(value.slice(0, 200)) < 2.6 : new Set(value).size < 4;
}

/** Words people build a throwaway password from. */
const weakWords =
  /pass(?:word|wd|phrase)?|secret|token|api|key|auth|admin|root|user(?:name)?|login|guest|default|change|me|my|your?|super|very|safe|secure|strong|some|this|that|the|is|a(?=[-_])|test(?:ing|er)?|demo|dev(?:elopment)?|local(?:host)?|prod(?:uction)?|staging|postgres(?:ql)?|mysql|maria|mongo(?:db)?|redis|rabbit|guest|app|db|database|foo|bar|baz|qux|hello|world|welcome|letmein|qwerty|asdf|abc|xyz|fake|mock|dummy|sample|example|placeholder|value|string|here|new|old|invalid|wrong|correct|valid|bad|good|hunter|p[a@][s$]{2}w[o0]rd|\d{2,4}(?!\d)|12345678?9?0?/gi;

/** What is left of a password once throwaway words, years, counting and punctuation are taken out. */
export function residue(value: string): string {
  return value.replace(weakWords, '').replace(/[^A-Za-z0-9]/g, '');
}
