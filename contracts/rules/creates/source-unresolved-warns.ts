import * as fc from 'fast-check';
import { creates, inputOf, requestedJob } from '../support/create-input.ts';
import { createCases, sourcesOf } from '../cases/creates.ts';
import { same, check } from '../support/compare.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { refusal } from '../support/action-mutants.ts';
import { answerOf, created, isDone, warningsOf, mustSucceed } from '../support/results.ts';
import type { CreateInput } from '../support/create-input.ts';
import type { GemSchemas } from '../../gem.ts';

export default writingRule({
  statement:
    'a source that Gem does not have is left out with a warning; the application is created all the same',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §4.1' },
  of: creates,
  needs: creates,
  inputs: ['source.name', 'source.unified_key', 'source.id'],
  cases: createCases(
    'source-unresolved-warns',
    fc
      .constantFrom<object[]>({ name: 'Nowhere at all' }, { id: 'src-nowhere' }, { unified_key: 'NOWHERE' })
      .map((source) => ({ more: { source } })),
  ),
  judge(result, run) {
    const { source } = inputOf(result);
    if (!isUnresolved(source, run.last.gem.sources) || requestedJob(result, run)?.status !== 'open')
      return [];
    if (!isDone(result)) {
      const isOnlyThat = Object.keys(inputOf(result)).every((key) => asksFor.has(key));
      return isOnlyThat ? mustSucceed(result) : [];
    }
    const warnings = warningsOf(result);
    return [
      ...created(result, 'applications').flatMap(({ source_id }) => same('source_id', source_id, null)),
      ...check(warnings.some(isAboutSource), {
        what: 'warnings',
        expected: 'one about the source',
        got: warnings,
      }),
    ];
  },
  mutants: [
    actsWrong('silent about the source', creates, async (_call, right) => {
      const answer = await right.act();
      const body = answerOf({ answer: answer.body });
      const warnings = body.warnings?.filter(({ message }) => !isAboutSource(String(message)));
      return { ...answer, body: { ...body, ...(warnings && { warnings }) } };
    }),
    actsWrong('no application without its source', creates, async (call, right) => {
      // All cases send bodies of the unified API.
      const { source } = call.body as CreateInput;
      return isUnresolved(source, await sourcesOf(right)) ? refusal('REMOTE.INPUT_INVALID') : right.act();
    }),
  ],
});

const asksFor = new Set(['candidate', 'application', 'source']);

function isAboutSource(message: string): boolean {
  return /\bsource\b/i.test(message);
}

/** Whether no field of a source names one at Gem, in any spelling. Where Gem lists no source, that is unknown. */
function isUnresolved(
  source: CreateInput['source'],
  known: readonly Pick<GemSchemas['SourceItem'], 'id' | 'name'>[],
): boolean {
  const words = Object.values(source ?? {}).map(lettersOf);
  return (
    words.length > 0 &&
    known.length > 0 &&
    known.every(({ id, name }) => [id, name].every((one) => !words.includes(lettersOf(one))))
  );
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
