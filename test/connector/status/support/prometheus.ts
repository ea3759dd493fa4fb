/** One line of a page for Prometheus: a value with its labels. */
export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** A page for Prometheus as Prometheus reads it. */
export interface MetricsPage {
  samples: Sample[];
  /** `counter`, `gauge` or `histogram`, by the name of the metric. */
  types: ReadonlyMap<string, string>;
  helps: ReadonlyMap<string, string>;
  /** The value with these labels, others not looked at; undefined where there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

/**
 * Reads the text format of Prometheus, version 0.0.4, and takes nothing that Prometheus would refuse.
 *
 * @throws Error with the line that cannot be read
 */
export function readMetrics(text: string): MetricsPage {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const samples: Sample[] = [];
  const types = new Map<string, string>();
  const helps = new Map<string, string>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (what !== undefined) {
      const told = what === 'HELP' ? helps : types;
      if (told.has(name)) throw new Error(`${what} of ${name} is there twice`);
      told.set(name, rest);
    } else if (!line.startsWith('#')) samples.push(readSample(line));
  }
  const seen = new Set<string>();
  for (const { name, labels } of samples) {
    const series = JSON.stringify([name, Object.entries(labels).toSorted()]);
    if (seen.has(series)) throw new Error(`${series} is there twice`);
    seen.add(series);
  }
  return {
    samples,
    types,
    helps,
    value: (name, labels = {}) =>
      samples.find(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      )?.value,
  };
}

function readSample(line: string): Sample {
  const [, name, inside = '', text = ''] =
    /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?[\d.]+(?:e[+-]?\d+)?|NaN|[+-]Inf)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`this is no line of a page for Prometheus: ${line}`);
  const label = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
  const labels: Record<string, string> = {};
  while (label.lastIndex < inside.length) {
    const found = label.exec(inside);
    if (!found) throw new Error(`these are no labels: ${line}`);
    labels[found[1] ?? ''] = (found[2] ?? '').replaceAll(/\\(.)/g, (_, one: string) =>
      one === 'n' ? '\n' : one,
    );
  }
  return { name, labels, value: Number(text.replace('Inf', 'Infinity')) };
}
