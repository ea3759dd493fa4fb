import type { ParameterValue } from '../parameters.ts';
import type { Problems } from './problems.ts';
import type { Path } from './source.ts';

/**
 * Puts values where `${name}` stands: the value itself where nothing else is written, otherwise its text.
 *
 * @returns a copy; an unknown name is reported and stays
 */
export function substitute(
  problems: Problems,
  path: Path,
  value: unknown,
  values: Readonly<Record<string, ParameterValue>>,
): unknown {
  if (typeof value === 'string') return substituteText(problems, path, value, values);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => substitute(problems, [...path, index], item, values));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substitute(problems, [...path, key], item, values)]),
  );
}

function substituteText(
  problems: Problems,
  path: Path,
  text: string,
  values: Readonly<Record<string, ParameterValue>>,
): unknown {
  const valueOf = (name: string): ParameterValue | undefined => {
    if (Object.hasOwn(values, name)) return values[name];
    problems.reportWord(path, `there is no parameter "${name}"`, name, Object.keys(values));
    return undefined;
  };
  const whole = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return valueOf(whole) ?? text;
  return text.replaceAll(/\$\{(\w+)\}/g, (written, name: string) => String(valueOf(name) ?? written));
}
