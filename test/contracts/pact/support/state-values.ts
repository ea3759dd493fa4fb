import { MatchersV3, type V3Request } from '@pact-foundation/pact';

/** A value that the provider puts in place of its example; the example is what the consumer's tests use. */
export type StateValue = ReturnType<typeof MatchersV3.fromProviderState<string>>;

/** Makes values of a state out of their names, each with its example. */
export function stateValues<Name extends string>(
  examples: Readonly<Record<Name, string>>,
): (name: Name) => StateValue {
  return (name) => MatchersV3.fromProviderState(`\${${name}}`, examples[name]);
}

/**
 * The path of an operation.
 *
 * @param template with its parameters in braces
 * @param values what each parameter is: a value of the state, or a text of its own
 */
export function pathWithValues<Name extends string>(
  template: string,
  values: Readonly<Record<string, string>>,
  examples: Readonly<Record<Name, string>>,
): V3Request['path'] {
  const isName = (text: string): text is Name => Object.hasOwn(examples, text);
  const fill = (write: (name: Name) => string) =>
    template.replaceAll(/\{(\w+)\}/g, (_all, parameter: string) => {
      const value = values[parameter] ?? 'unknown';
      return isName(value) ? write(value) : value;
    });
  const example = fill((name) => examples[name]);
  const expression = fill((name) => `\${${name}}`);
  return expression === example ? example : MatchersV3.fromProviderState(expression, example);
}
