/** What is measured, by one name. Values of one name differ by their labels. */
export interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  samples: readonly Sample[];
}

export interface Sample {
  /** What the name ends in: `_total` of a counter; `_bucket`, `_count` and `_sum` of a histogram. */
  suffix?: string;
  labels?: Readonly<Record<string, string>>;
  value: number;
}

export const contentType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/**
 * Families as OpenMetrics text, for Prometheus and others to scrape. One without samples is left out.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function openMetrics(families: readonly Family[]): string {
  const told = families.filter(({ samples }) => samples.length > 0).flatMap(lines);
  return `${[...told, '# EOF'].join('\n')}\n`;
}

function lines({ name, type, help, samples }: Family): string[] {
  const values = samples.map(
    ({ suffix = '', labels = {}, value }) => `${name}${suffix}${labelText(labels)} ${numberText(value)}`,
  );
  return [`# TYPE ${name} ${type}`, `# HELP ${name} ${escaped(help)}`, ...values];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}
