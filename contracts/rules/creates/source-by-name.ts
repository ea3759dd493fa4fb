import { sourceCases, sourcesOf } from '../cases/creates.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { sourceNamedByText } from '../support/factories.ts';

export default sourceNamedByText({
  inputs: ['source.name'],
  statement: 'a source that is given by its name becomes the source of the application',
  cases: sourceCases('source-by-name', ({ name }) => ({ name })),
  names: ({ unified_key: key, name }, known) => key === undefined && name === known,
  mutants: [
    createsWrong('first source of all', async (input, right) => {
      const { id, unified_key: key, name } = input.source ?? {};
      const sources = await sourcesOf(right);
      const other = sources.find((source) => source.name !== name);
      const isNamed = id === undefined && key === undefined && sources.some((source) => source.name === name);
      return isNamed && other ? { ...input, source: { name: other.name } } : input;
    }),
  ],
});
