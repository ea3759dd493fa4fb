import { creates, inputOf } from '../support/create-input.ts';
import { sourceCases, sourcesOf } from '../cases/creates.ts';
import { writingRule, type Finding } from '../../harness/rule.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

export default writingRule({
  statement: 'a source that is given by its name becomes the source of the application',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §4.1' },
  of: creates,
  needs: creates,
  cases: sourceCases('source-by-name', ({ name }) => ({ name })),
  judge(result, { last }) {
    const { id, unified_key: key, name } = inputOf(result).source ?? {};
    const known = last.gem.sources.filter((source) => source.name === name).map((source) => source.id);
    if (!isDone(result) || id !== undefined || key !== undefined || known.length === 0) return [];
    return created(result, 'applications').flatMap(({ source_id: got }): Finding[] =>
      known.some((source) => source === got)
        ? []
        : [{ what: 'source_id', expected: known.join(' or '), got }],
    );
  },
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
