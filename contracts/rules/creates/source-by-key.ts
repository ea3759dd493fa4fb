import { sourceCases, sourcesOf } from '../cases/creates.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { sourceNamedByText } from '../support/factories.ts';

export default sourceNamedByText({
  inputs: ['source.unified_key'],
  statement: 'a unified key that is the name of a source, in any case of letters, means that source',
  cases: sourceCases('source-by-key', ({ name }) => ({ unified_key: inCapitals(name) })),
  names: ({ unified_key: key }, name) => isKeyOf(key, name),
  mutants: [
    createsWrong('letters have to be the same', async (input, right) => {
      const { unified_key: key, ...source } = input.source ?? {};
      const names = (await sourcesOf(right)).map(({ name }) => name);
      const isTooStrict = names.every((name) => name !== key) && names.some((name) => isKeyOf(key, name));
      return isTooStrict ? { ...input, source } : input;
    }),
  ],
});

/** The letters that have a capital of their own; `ß` is `SS` in capitals, which is another word. */
function inCapitals(name: string): string {
  return name.replaceAll(/\p{Ll}/gu, (letter) => {
    const capital = letter.toUpperCase();
    return capital.length === letter.length ? capital : letter;
  });
}

function isKeyOf(key: string | undefined, name: string): boolean {
  return key !== undefined && key.toLowerCase() === name.toLowerCase();
}
