import type { ParameterValue } from '../parameters.ts';
import { mostMade, type Problems } from './problems.ts';
import type { Path } from './source.ts';
import type { Fields } from './structure.ts';
import { substitute } from './substitute.ts';

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
  if (times > mostMade) {
    problems.report([...path, 'count'], `count can be at most ${mostMade}, not ${times}`);
    return [];
  }
  const inAll = problems.countUp(times);
  if (inAll > mostMade) {
    const message = `all counts together can be at most ${mostMade}; with this one they are ${inAll}`;
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
