import * as fc from 'fast-check';
import { onUploads, uploadsUnder, wasStruck } from '../cases/faults.ts';
import { writingRule } from '../../harness/rule.ts';
import { answerOf, created, isDone, warningsOf } from '../support/results.ts';
import { check } from '../support/compare.ts';
import { creates, inputOf } from '../support/create-input.ts';
import { actsWrong } from '../support/mutants.ts';

const refusals = fc
  .constantFrom(400, 403, 404, 413, 422)
  .map((status) => onUploads({ fault: 'status', status, times: 'always' }));

export default writingRule({
  statement:
    'a file that Gem does not take is named in a warning, where the application is made all the same',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.2, partial failure' },
  of: creates,
  isOfFaults: true,
  needs: creates,
  cases: uploadsUnder('failed-upload-warns', refusals),
  judge(result) {
    const asked = inputOf(result).attachments?.length ?? 0;
    const isMissing = created(result, 'attachments').length < asked;
    if (!wasStruck(result) || !isDone(result) || !isMissing) return [];
    const got = warningsOf(result);
    return check(got.length > 0, { what: 'warnings', expected: 'one of the file that was not stored', got });
  },
  mutants: [
    actsWrong('an upload that fails in silence', creates, async (_call, right) => {
      const answer = await right.act();
      const body = answerOf({ answer: answer.body });
      const others = (body.warnings ?? []).filter(
        ({ message }) => !String(message).includes('was not stored: Gem'),
      );
      return answer.status === 200 ? { ...answer, body: { ...body, warnings: others } } : answer;
    }),
  ],
});
