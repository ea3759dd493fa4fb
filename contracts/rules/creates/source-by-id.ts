import { creates, inputOf } from '../support/create-input.ts';
import { sourceCases, sourcesOf } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { writingRule } from '../../harness/rule.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

export default writingRule({
  statement:
    'a source that is given by its id at Gem becomes the source of the application, whatever its name says',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §4.1' },
  of: creates,
  needs: creates,
  inputs: ['source.id'],
  cases: sourceCases('source-by-id', ({ label, otherName }) => ({ id: { remote: label }, name: otherName })),
  judge(result, { last }) {
    const known = last.gem.sources.find(({ id }) => id === inputOf(result).source?.id);
    if (!isDone(result) || !known) return [];
    return created(result, 'applications').flatMap(({ source_id }) => same('source_id', source_id, known.id));
  },
  mutants: [
    createsWrong('first source of all', async (input, right) => {
      const sources = await sourcesOf(right);
      if (!sources.some(({ id }) => id === input.source?.id)) return input;
      const other = sources.find(({ id }) => id !== input.source?.id);
      return { ...input, source: { ...(other && { id: other.id }) } };
    }),
    createsWrong('the name goes first', async (input, right) => {
      const { id, ...source } = input.source ?? {};
      const isKnown = (await sourcesOf(right)).some(({ name }) => name === source.name);
      return isKnown && id !== undefined ? { ...input, source } : input;
    }),
  ],
});
