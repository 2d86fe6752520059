import { z } from 'zod';

export interface Advisory {
  /** `GHSA-xxxx-xxxx-xxxx`, or npm's own number where it names no such id. */
  id: string;
  package: string;
  severity: string;
  title: string;
  /** The versions it concerns. */
  range: string;
}

/** What `npm audit --json` says, as npm 7 and later write it. https://docs.npmjs.com/cli/v11/commands/npm-audit */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({
            source: z.number(),
            name: z.string(),
            title: z.string(),
            url: z.string(),
            severity: z.string(),
            range: z.string(),
          }),
        ]),
      ),
    }),
  ),
});

/** The advisories of a report, each once; null where it is none, as when the registry did not answer. */
export function readReport(text: string): Advisory[] | null {
  const parsed = report.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const found = new Map<string, Advisory>();
  for (const { via } of Object.values(parsed.data.vulnerabilities)) {
    for (const one of via) {
      // A text names the package it came by, which is told of where it stands itself.
      if (typeof one === 'string') continue;
      const id = /GHSA(?:-[0-9a-z]{4}){3}/.exec(one.url)?.[0] ?? String(one.source);
      const { name, severity, title, range } = one;
      found.set(`${id} ${name}`, { id, package: name, severity, title, range });
    }
  }
  return [...found.values()];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
