import type { Allowed } from './allowed.ts';
import type { Advisory } from './report.ts';

const day = 86_400_000;
/** A judgement is good for so many days. */
export const goodFor = 30;

export interface Judgement {
  /** Of high or critical severity, and judged by nobody. */
  open: Advisory[];
  /** The same, but for a judgement that still holds. */
  waiting: Advisory[];
  /** Less than high. */
  low: Advisory[];
  /** Judgements that nothing needs any more. */
  spare: Allowed[];
}

/** Sorts advisories by what has to be done about them at this time. */
export function judgeAdvisories(
  advisories: readonly Advisory[],
  allowed: readonly Allowed[],
  now: Date,
): Judgement {
  const grave = advisories.filter(({ severity }) => severity === 'high' || severity === 'critical');
  const holds = (one: Allowed) => {
    const age = now.getTime() - Date.parse(`${one.judged}T00:00:00Z`);
    return age >= 0 && age < goodFor * day;
  };
  const fits = (one: Allowed, { id, package: name }: Advisory) => one.advisory === id && one.package === name;
  const isJudged = (advisory: Advisory) => allowed.some((one) => fits(one, advisory) && holds(one));
  return {
    open: grave.filter((advisory) => !isJudged(advisory)),
    waiting: grave.filter(isJudged),
    low: advisories.filter((advisory) => !grave.includes(advisory)),
    spare: allowed.filter((one) => !advisories.some((advisory) => fits(one, advisory))),
  };
}
