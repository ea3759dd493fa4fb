// What an entry of a file stands for: `count` of them, with the values of parameters put in.
import type { ParameterValue } from '../parameters.ts';
import { maxMade, type Problems } from './problems.ts';
import type { Path } from './source.ts';
import type { Fields } from './structure.ts';

/** One of the records or edits that an entry of a file stands for. */
export interface Instance {
  label: string | undefined;
  fields: Fields;
}

/**
 * Makes of an entry as many as its `count` says, one without it. `${number}` stands for 1, 2, 3 …; a label that does not
 * have it gets it at the end.
 */
export function expand(
  problems: Problems,
  path: Path,
  { as, count, ...fields }: Fields,
  values: Readonly<Record<string, ParameterValue>>,
): Instance[] {
  const times = count === undefined ? 1 : substitute(problems, [...path, 'count'], count, values);
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 0) {
    problems.report([...path, 'count'], `count has to be a whole number, not ${JSON.stringify(times)}`);
    return [];
  }
  if (times > maxMade) {
    problems.report([...path, 'count'], `count can be at most ${maxMade}, not ${times}`);
    return [];
  }
  const inAll = problems.countUp(times);
  if (inAll > maxMade) {
    const message = `all counts together can be at most ${maxMade}; with this one they are ${inAll}`;
    problems.report(count === undefined ? path : [...path, 'count'], message);
    return [];
  }
  const needsNumber = count !== undefined && typeof as === 'string' && !as.includes('${number}');
  return Array.from({ length: times }, (_, index) => {
    const numbered = { ...values, number: index + 1 };
    const label = substitute(problems, [...path, 'as'], needsNumber ? `${as}-\${number}` : as, numbered);
    if (label !== undefined && typeof label !== 'string') {
      problems.report([...path, 'as'], `a label has to be a text, not ${JSON.stringify(label)}`);
    }
    return {
      label: typeof label === 'string' ? label : undefined,
      // What was an object is one again.
      fields: substitute(problems, path, fields, numbered) as Fields,
    };
  });
}

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
