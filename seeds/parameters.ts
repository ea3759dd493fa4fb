import { suggest } from './fields.ts';

/** A value of a scenario that its user may choose. */
export interface Parameter {
  name: string;
  type: ParameterType;
  default: ParameterValue;
  description: string;
  minimum?: number;
  maximum?: number;
}

export type ParameterType = (typeof parameterTypes)[number];
export type ParameterValue = string | number | boolean;

export const parameterTypes = ['integer', 'number', 'string', 'boolean'] as const;

/**
 * The value of every parameter: what was given, or else its default. Texts stand for numbers and truth values as well, as
 * they come from a command line.
 *
 * @throws Error that names each wrong value, all of them in one line
 */
export function settleParameters(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, unknown>> = {},
): Record<string, ParameterValue> {
  const wrong: string[] = [];
  const names = parameters.map(({ name }) => name);
  for (const name of Object.keys(given).filter((name) => !names.includes(name))) {
    const { suggestion } = suggest(name, names);
    const advice = suggestion ? `; did you mean "${suggestion}"?` : describeNames(names);
    wrong.push(`there is no parameter "${name}"${advice}`);
  }
  const settled = new Map<string, ParameterValue>();
  for (const parameter of parameters) {
    const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined;
    const read = value === undefined ? parameter.default : readValue(parameter.type, value);
    const reason =
      read === undefined ? `has to be ${typeWords[parameter.type]}` : outOfBounds(parameter, read);
    if (reason) wrong.push(`${parameter.name} ${reason}, not ${JSON.stringify(value ?? parameter.default)}`);
    if (read !== undefined) settled.set(parameter.name, read);
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return Object.fromEntries(settled);
}

/**
 * Reads `key=value` settings, as a command line has them.
 *
 * @throws Error when one has no equals sign
 */
export function readSettings(settings: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1) throw new Error(`"${setting}" is no setting; write it as key=value`);
      return [setting.slice(0, at), setting.slice(at + 1)];
    }),
  );
}

/** The value as the type has it; undefined where it is none. */
export function readValue(type: ParameterType, value: unknown): ParameterValue | undefined {
  if (type === 'string') return typeof value === 'string' ? value : undefined;
  if (type === 'boolean') {
    if (value === 'true' || value === 'false') return value === 'true';
    return typeof value === 'boolean' ? value : undefined;
  }
  const isText = typeof value === 'string' && (type === 'integer' ? digits : decimal).test(value);
  const number = typeof value === 'number' || isText ? Number(value) : NaN;
  if (!Number.isFinite(number)) return undefined;
  return type === 'number' || Number.isSafeInteger(number) ? number : undefined;
}

const digits = /^[+-]?\d+$/;
const decimal = /^[+-]?\d+(\.\d+)?$/;

/** Why a value is outside of a parameter's bounds; undefined where it is not. */
export function outOfBounds(
  { minimum, maximum }: Pick<Parameter, 'minimum' | 'maximum'>,
  value: ParameterValue,
): string | undefined {
  if (typeof value !== 'number') return undefined;
  if (minimum !== undefined && value < minimum) return `has to be at least ${minimum}`;
  return maximum !== undefined && value > maximum ? `has to be at most ${maximum}` : undefined;
}

const typeWords: Record<ParameterType, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
};

function describeNames(names: readonly string[]): string {
  return names.length === 0 ? '; the scenario has none' : `; there are: ${names.join(', ')}`;
}
