import type { Act } from './case.ts';

/** One line that says what was asked of the connector, for people. */
export function describeAct({ operation, path = {}, body }: Act): string {
  const where = Object.entries(path).map(
    ([name, label]) => `${name}=${typeof label === 'string' ? label : JSON.stringify(label)}`,
  );
  return [operation, ...where, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ');
}
