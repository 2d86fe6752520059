import type { Rule } from '../rule.ts';
import { judgeAssigned, judgeBeside } from './judge-named.ts';
import { name, nameAnchors, nearName, numbered, quote, value, valueField } from './names.ts';

const naming = '(?:name|key|variable|label|header|field|setting|env|k)';
const valued = '(?:value|val|default|content|secret|v)';
/** The next line of a listing may begin with its number or file, or with a patch's sign. */
const line = '\\r?\\n(?:\\s{0,8}\\d{1,6}[→\\t:|]|[\\w./-]{1,80}:\\d{1,6}[:-])?[+-]?\\s{0,16}';

const base = {
  anchors: nameAnchors,
  reach: { before: 64, after: 700 },
  rank: 1,
} as const;

/** A name in one field, cell or argument and its value in another. */
export const neighbours: readonly Rule[] = [
  {
    ...base,
    detector: 'named-value',
    kind: 'value in a field beside its name',
    near: nearName(`[\\d→+-]|[\\w./-]{1,80}:\\d{1,6}[:-]`, `(?:,|${valued}\\b)`),
    pattern: new RegExp(
      `${name}(?:${valueField}|${quote}{0,8}(?:\\s{1,4}${valued}\\s?=|\\s{0,2}${line}${valued}\\s{0,2}:)\\s{0,4})(?<open>${quote}{0,8})(?:(?:bearer|basic|token)\\s)?(?<value>${value})`,
      'dgi',
    ),
    judge: judgeAssigned,
  },
  {
    ...base,
    detector: 'value-before-name',
    kind: 'value in a field before its name',
    near: nearName(
      '(?!)',
      '',
      `(?<=${naming}(?:["'\\\\]|u0022){1,8}\\s?:\\s?(?:["'\\\\]|u0022){1,8}[A-Za-z0-9_.-]{0,40})`,
    ),
    pattern: new RegExp(
      `${quote}${valued}${quote}{1,8}\\s{0,2}:\\s{0,2}(?<open>${quote}{1,8})(?:(?:bearer|basic|token)\\s)?(?<value>${value})${quote}{1,8}\\s{0,4},[^{}]{0,100}?${quote}${naming}${quote}{1,8}\\s{0,2}:\\s{0,2}${quote}{1,8}${name}(?=${quote})`,
      'dgi',
    ),
    reach: { before: 500, after: 64 },
    judge: judgeAssigned,
  },
  {
    ...base,
    detector: 'paired-value',
    kind: 'value beside its name',
    near: nearName('[,|<>*\\])(]|/key|string', numbered),
    pattern: new RegExp(
      `${name}(?:${quote}{1,8}\\s{0,4}[,)]\\s{0,8}(?<open>${quote}{1,8})|${quote}{0,4}\\*{0,2}\\s{0,60}\\|\\s{0,60}\\*{0,2}${quote}{0,4}|${quote}{0,4}>|</key>\\s{0,16}<string>)(?:(?:bearer|basic|token)\\s)?(?<value>${value})`,
      'dgi',
    ),
    judge: judgeBeside,
  },
  {
    ...base,
    detector: 'spoken-secret',
    kind: 'value told after its name',
    near: nearName('\\*|(?<=\\s)(?:is|was|to|by|as)\\b', `(?=[^\\s"'\`\\\\<>]{0,24}\\d)[^\\s"'\`\\\\<>]{8}`),
    pattern: new RegExp(
      `${name}[*"'\`]{0,4}(?:\\s(?:is|was|to|by|as)\\s?:?)?\\s{1,3}\\*{0,2}(?<open>["'\`]{0,3})(?<value>${value})`,
      'dgi',
    ),
    // `pass` is a verb far more often than a name.
    judge: (candidate) =>
      /^pass$/i.test(candidate.match.groups?.name ?? '') ? null : judgeBeside(candidate),
  },
  {
    ...base,
    detector: 'flag-value',
    kind: 'secret on a command line or in a statement',
    near: nearName('(?!)', undefined, '(?<=(?:--?|ENV |set -gx |setx? |setenv )[A-Za-z0-9_.-]{0,40})'),
    pattern: new RegExp(
      `(?:(?<=\\s)--?|\\b(?:ENV|set -gx|setx?|setenv)\\s{1,3})${name}\\s{1,3}(?<open>["']{0,2})(?<value>${value})`,
      'dgi',
    ),
    judge: (candidate) => judgeAssigned(candidate) ?? judgeBeside(candidate),
  },
];
