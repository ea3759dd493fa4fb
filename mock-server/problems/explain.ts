// Says in words how a value departs from the description of the control API.
import type { Violation } from '../../contracts/validator.ts';
import { suggest, toProblem, violationsOf, withoutBranches } from '../../seeds/fields.ts';
import { follow, type Schema } from '../../seeds/records.ts';

/** One thing that does not fit, and where it stands. */
export interface Problem {
  /** From the outside in, with dots between. */
  path: string;
  message: string;
}

/**
 * Turns violations into words, with the nearest right word where one is near. Of a value that may have one of several
 * forms, only the form that it was meant to have is spoken of.
 *
 * @param owner what to call the value
 */
export function explain(violations: readonly Violation[], owner: string): Problem[] {
  const unions = violations.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  const outermost = unions.filter(
    (union) => !unions.some(({ path }) => path.length < union.path.length && startsWith(union.path, path)),
  );
  const plain = violations.filter((one) => !unions.some(({ path }) => startsWith(one.path, path)));
  const all = [
    ...plain.map((violation) => inWords(violation, owner)),
    ...outermost.flatMap((union) =>
      explainUnion(
        union,
        violations.filter(({ path }) => startsWith(path, union.path)),
        owner,
      ),
    ),
  ];
  const shown = all.slice(0, maxShown);
  if (all.length > maxShown) shown.push({ path: '', message: `and ${all.length - maxShown} more` });
  return shown;
}

/** A document can be wrong in a hundred thousand places, which is more than a reader wants to see. */
const maxShown = 50;

function inWords(violation: Violation, owner: string): Problem {
  const { path, message, suggestion } = toProblem(violation, owner, skeleton(violation.path));
  return {
    path: path.join('.'),
    message: suggestion ? `${message}; did you mean "${suggestion}"?` : message,
  };
}

/** @param all what is wrong at its place and within, as each of its forms has it */
function explainUnion(union: Violation, all: readonly Violation[], owner: string): Problem[] {
  const branches = ((union.schema['oneOf'] ?? union.schema['anyOf']) as Schema[]).map((branch) => ({
    branch,
    schema: follow(branch),
  }));
  const here = union.path.join('.');
  const key = keyOf(branches.map(({ schema }) => schema));
  if (key === undefined || typeof union.value !== 'object' || union.value === null) {
    return withoutBranches(all).map((violation) => inWords(violation, owner));
  }
  const written: unknown = Reflect.get(union.value, key);
  const meant = branches.find(({ schema }) => schema.properties?.[key]?.const === written);
  if (!meant) {
    const known = branches.map(({ schema }) => String(schema.properties?.[key]?.const));
    const { suggestion } = typeof written === 'string' ? suggest(written, known) : {};
    const advice = suggestion ? `did you mean "${suggestion}"?` : `it is one of ${known.join(', ')}`;
    const message =
      written === undefined ? `"${key}" is missing` : `unknown ${key} ${JSON.stringify(written)}`;
    return [{ path: join(here, key), message: `${message}; ${advice}` }];
  }
  const name = meant.branch.$ref?.split('/').at(-1) ?? '';
  const problems = explain(violationsOf(name, union.value), String(written));
  return problems.map(({ path, message }) => ({ path: join(here, path), message }));
}

/** The field by whose constant value the branches are told apart, if there is one. */
function keyOf(branches: readonly Schema[]): string | undefined {
  return Object.keys(branches[0]?.properties ?? {}).find((key) =>
    branches.every((schema) => schema.properties?.[key]?.const !== undefined),
  );
}

/** The least that has this path: it shows which of the keys are positions in lists. */
function skeleton([key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return undefined;
  const inner = skeleton(rest);
  return /^\d+$/.test(key) ? Object.assign([], { [key]: inner }) : Object.fromEntries([[key, inner]]);
}

function startsWith(path: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((key, index) => path[index] === key);
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('.');
}
