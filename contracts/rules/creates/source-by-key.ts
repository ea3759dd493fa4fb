import { creates, inputOf } from '../support/create-input.ts';
import { sourceCases, sourcesOf } from '../cases/creates.ts';
import { writingRule, type Finding } from '../../harness/rule.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

export default writingRule({
  statement: 'a unified key that is the name of a source, in any case of letters, means that source',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §4.1' },
  of: creates,
  needs: creates,
  cases: sourceCases('source-by-key', ({ name }) => ({ unified_key: name.toUpperCase() })),
  judge(result, { last }) {
    const { id, unified_key: key } = inputOf(result).source ?? {};
    const known = last.gem.sources.filter(({ name }) => isKeyOf(key, name)).map((source) => source.id);
    if (!isDone(result) || id !== undefined || known.length === 0) return [];
    return created(result, 'applications').flatMap(({ source_id: got }): Finding[] =>
      known.some((source) => source === got)
        ? []
        : [{ what: 'source_id', expected: known.join(' or '), got }],
    );
  },
  mutants: [
    createsWrong('letters have to be the same', async (input, right) => {
      const { unified_key: key, ...source } = input.source ?? {};
      const names = (await sourcesOf(right)).map(({ name }) => name);
      const isTooStrict = names.every((name) => name !== key) && names.some((name) => isKeyOf(key, name));
      return isTooStrict ? { ...input, source } : input;
    }),
  ],
});

function isKeyOf(key: string | undefined, name: string): boolean {
  return key !== undefined && key.toLowerCase() === name.toLowerCase();
}
